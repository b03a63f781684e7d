#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mend/layers/sequential.hpp"

namespace mend::cli {

/// The task metric: a small network that reads digits, to see whether a restored image still says what it said.
///
/// It learns from undamaged training images alone; no restorer is trained against it.
class Classifier {
 public:
  /// Trains mend::digit_classifier with Adam on batches of 128.
  /// \param images  (N, 784)  \param second  N: 1 for the second class, 0 for the first
  /// \param seed  of weights and order  \param epochs  how long
  /// \throws ShapeError when images and classes do not belong together
  Classifier(const Tensor<float>& images, const std::vector<std::uint8_t>& second, std::uint64_t seed,
             std::size_t epochs);

  /// What it reads: 1 for the second class, 0 for the first, of each image (N, 784).
  std::vector<std::uint8_t> read(const Tensor<float>& images) const;

 private:
  Sequential<float> net_;
};

/// The share of images that are read as what they are, in [0, 1]. \throws ShapeError unless both have N entries
double agreement(const std::vector<std::uint8_t>& read, const std::vector<std::uint8_t>& truth);

}  // namespace mend::cli
