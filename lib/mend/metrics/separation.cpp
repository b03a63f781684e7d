#include "mend/metrics/separation.hpp"

#include <limits>
#include <map>
#include <string>

namespace mend {
namespace {

void require_labels(const char* name, const Tensor<float>& codes, std::size_t labels) {
  if (codes.rank() != 2 || codes.dim(0) != labels || labels == 0)
    throw ShapeError("nearest_mean_accuracy: " + std::string(name) + " is " + to_string(codes.shape()) +
                     " with " + std::to_string(labels) +
                     " labels but (N, k) with N labels and N >= 1 was expected");
}

struct ClassMean {
  std::vector<double> sum;
  double members = 0;
};

}  // namespace

double nearest_mean_accuracy(const Tensor<float>& train, const std::vector<std::uint8_t>& train_labels,
                             const Tensor<float>& test, const std::vector<std::uint8_t>& test_labels) {
  require_labels("train", train, train_labels.size());
  require_labels("test", test, test_labels.size());
  const std::size_t k = train.dim(1);
  if (test.dim(1) != k)
    throw ShapeError("nearest_mean_accuracy: train is " + to_string(train.shape()) + " but test is " +
                     to_string(test.shape()) + ": " + std::to_string(k) +
                     " != " + std::to_string(test.dim(1)));

  std::map<std::uint8_t, ClassMean> classes;
  for (std::size_t n = 0; n < train_labels.size(); ++n) {
    ClassMean& own = classes[train_labels[n]];
    own.sum.resize(k);
    own.members += 1;
    for (std::size_t i = 0; i < k; ++i) own.sum[i] += train[n * k + i];
  }
  std::size_t right = 0;
  for (std::size_t n = 0; n < test_labels.size(); ++n) {
    double nearest = std::numeric_limits<double>::infinity();
    std::uint8_t answer = 0;
    for (const auto& [label, mean] : classes) {
      double distance = 0;
      for (std::size_t i = 0; i < k; ++i) {
        const double d = test[n * k + i] - mean.sum[i] / mean.members;
        distance += d * d;
      }
      if (distance < nearest) nearest = distance, answer = label;
    }
    right += answer == test_labels[n];
  }
  return static_cast<double>(right) / static_cast<double>(test_labels.size());
}

}  // namespace mend
