#include "mend/baselines/class_mean_oracle.hpp"

#include <algorithm>
#include <string>

#include "mend/baselines/damaged_images.hpp"

namespace mend {
namespace {

void require_labels(const Tensor<float>& images, const std::vector<std::uint8_t>& labels) {
  if (labels.size() != images.dim(0))
    throw ShapeError("ClassMeanOracle: " + std::to_string(labels.size()) + " labels for images " +
                     to_string(images.shape()) + ": expected one for each image");
}

}  // namespace

ClassMeanOracle::ClassMeanOracle(const Tensor<float>& train, const std::vector<std::uint8_t>& labels) {
  require_training("ClassMeanOracle", train);
  require_labels(train, labels);
  std::map<std::uint8_t, std::vector<std::size_t>> rows;
  for (std::size_t n = 0; n < labels.size(); ++n) rows[labels[n]].push_back(n);
  for (const auto& [label, index] : rows) means_[label] = mean_rows(gather_rows(train, index));
}

Tensor<float> ClassMeanOracle::operator()(const Tensor<float>& damaged, const Mask& mask,
                                          const std::vector<std::uint8_t>& labels) const {
  require_damaged("ClassMeanOracle", damaged, mask, means_.begin()->second.size());
  require_labels(damaged, labels);
  Tensor<float> answer(damaged.shape());
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const auto mean = means_.find(labels[n]);
    if (mean == means_.end()) {
      std::string known;
      for (const auto& entry : means_) known += (known.empty() ? "" : ", ") + std::to_string(entry.first);
      throw Error("ClassMeanOracle: image " + std::to_string(n) + " has label " + std::to_string(labels[n]) +
                  " but the training images had " + known);
    }
    std::copy(mean->second.begin(), mean->second.end(), answer.data() + n * damaged.dim(1));
  }
  return composite(std::move(answer), damaged, mask);
}

}  // namespace mend
