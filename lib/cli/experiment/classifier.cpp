#include "cli/experiment/classifier.hpp"

#include "mend/losses/bce_with_logits.hpp"
#include "mend/models/digit_classifier.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

namespace mend::cli {
namespace {

Sequential<float> untrained(std::uint64_t seed) {
  Random init(seed, "classifier init");
  return digit_classifier(init);
}

}  // namespace

Classifier::Classifier(const Tensor<float>& images, const std::vector<std::uint8_t>& second,
                       std::uint64_t seed, std::size_t epochs)
    : net_(untrained(seed)) {
  if (images.rank() != 2 || images.dim(0) != second.size())
    throw ShapeError("Classifier: images are " + to_string(images.shape()) + " but there are " +
                     std::to_string(second.size()) + " classes; expected (N, 784) and N");
  // fit hands out rows: each image carries its class as a further column.
  Tensor<float> targets({second.size(), 1});
  std::copy(second.begin(), second.end(), targets.begin());
  const std::size_t width = images.dim(1);
  FitOptions options;
  options.epochs = epochs;
  options.quiet = true;
  options.make_batch = [width](const Tensor<float>& rows) {
    auto [image, target] = split_columns(rows, width);
    return Batch{std::move(image), std::move(target), {}};
  };
  options.loss = [](const Tensor<float>& z, const Batch& batch) { return bce_with_logits(z, batch.target); };
  Adam<float> adam(net_.parameters(), 1e-3);
  Random shuffle(seed, "classifier shuffle");
  fit(net_, adam, concat_columns(images, targets), shuffle, options);
}

std::vector<std::uint8_t> Classifier::read(const Tensor<float>& images) const {
  const Tensor<float> logits = net_.predict(images);
  std::vector<std::uint8_t> second(logits.size());
  for (std::size_t n = 0; n < second.size(); ++n) second[n] = logits[n] > 0;
  return second;
}

double agreement(const std::vector<std::uint8_t>& read, const std::vector<std::uint8_t>& truth) {
  if (read.size() != truth.size() || read.empty())
    throw ShapeError("agreement: " + std::to_string(read.size()) + " readings of " +
                     std::to_string(truth.size()) + " images; expected as many, and at least one");
  std::size_t same = 0;
  for (std::size_t n = 0; n < read.size(); ++n) same += read[n] == truth[n];
  return static_cast<double>(same) / static_cast<double>(read.size());
}

}  // namespace mend::cli
