#pragma once

#include <cstddef>
#include <string>

#include "mend/masks/mask.hpp"
#include "mend/tensor/ops.hpp"

// What every baseline asks of what it is given, in the same words.
namespace mend {

/// \throws ShapeError unless images and mask belong together; the text begins with `what`.
inline void require_damaged(const std::string& what, const Tensor<float>& damaged, const Mask& mask) {
  require_same_shape((what + ": damaged images and mask").c_str(), damaged, mask.hole());
}

/// \throws ShapeError also when the images have another number of pixels than those that were trained on.
inline void require_damaged(const std::string& what, const Tensor<float>& damaged, const Mask& mask,
                            std::size_t trained_pixels) {
  require_damaged(what, damaged, mask);
  if (damaged.dim(1) != trained_pixels)
    throw ShapeError(what + ": the damaged images are " + to_string(damaged.shape()) +
                     " but the training images had " + std::to_string(trained_pixels) + " pixels");
}

/// \throws ShapeError unless the training images are (N, D) with N >= 1.
inline void require_training(const std::string& what, const Tensor<float>& train) {
  if (train.rank() != 2 || train.dim(0) == 0)
    throw ShapeError(what + ": the training images are " + to_string(train.shape()) +
                     " but (N, D) with N >= 1 was expected");
}

}  // namespace mend
