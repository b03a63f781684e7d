#pragma once

#include "mend/masks/mask.hpp"

namespace mend {

/// Every missing pixel gets its mean over the training images.
///
/// Of all answers that ignore the image, this one has the least squared error on the training images: a restorer
/// that does not beat it has learned nothing from the known pixels. Costs a copy.
class MeanFill {
 public:
  /// \param train  (N, D) with N >= 1  \throws ShapeError when they are not
  explicit MeanFill(const Tensor<float>& train);

  /// \param damaged  (N, D); what stands in the holes does not matter  \param mask  for N images
  /// \throws ShapeError when the two do not belong together, or to the training images
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

  const Tensor<float>& mean() const { return mean_; }  ///< (D): the mean image.

 private:
  Tensor<float> mean_;
};

}  // namespace mend
