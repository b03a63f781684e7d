#pragma once

#include <cstddef>
#include <functional>

#include "mend/masks/mask.hpp"

namespace mend {

/// The best that one linear layer could ever learn about a way to damage images, in closed form (ridge regression,
/// Hoerl and Kennard 1970).
///
/// The layer sees z = [x known | hole | 1], the image with black holes beside its mask, 2 D + 1 numbers, and its
/// output z W is compared with the whole original, as the training of a network does. Over M damaged images,
///     L(W) = 1/M sum of |z_n W - x_n|^2 + lambda |W'|^2        W' = W without its last row, the bias,
/// is least where (1/M Z^T Z + lambda I') W = 1/M Z^T X, which is accumulated block by block and solved by Cholesky,
/// in double. A network trained on the same masks that loses to this has gained nothing by its non-linearities.
///
/// What it cannot do is to treat a pixel in one way where it is known and in another where it is missing: its weights
/// do not depend on the mask. With the known pixels put back, only the second way counts, and a lambda larger than
/// the best for L restores better.
///
/// Fitting costs M (2 D + 1) (3 D + 1) multiplications, some seconds for a pass over 11,686 images of MNIST;
/// restoring an image D (2 D + 1).
class RidgeFill {
 public:
  /// Draws masks for so many images: the damage to learn. The frame must be that of the training images.
  using DrawMasks = std::function<Mask(std::size_t images)>;

  /// \param train  (N, D) with N >= 1  \param draw  called with up to 1,000 images at a time, in their order
  /// \param passes  how often all training images are damaged anew, at least 1
  /// \param lambda  the penalty of the weights, positive: it also decides about pixels that never change
  ///   The default is the best of 0.0001, 0.001, ..., 0.1 (three passes), 0.3, 1 and 3 (one pass) on 1,000 of MNIST's
  ///   training fives and sevens, fitted to the others under the assignment's masks: the least mean error in the
  ///   holes of ten kinds of stripes and patches, 0.063, where 0.0001 has 0.066
  /// \throws ShapeError when images are not such, or not those of the drawn masks
  /// \throws Error when passes or lambda are out of range
  RidgeFill(const Tensor<float>& train, const DrawMasks& draw, std::size_t passes = 3, double lambda = 0.1);

  /// \param damaged  (N, D); what stands in the holes does not matter  \param mask  for N images
  /// \return the fill clipped to [0, 1], and the known pixels as they came
  /// \throws ShapeError when the two do not belong together, or to the training images
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

  /// What the layer says about all pixels, the known ones too, and not clipped. \throws ShapeError as operator()
  Tensor<float> predict(const Tensor<float>& damaged, const Mask& mask) const;

  /// (2 D + 1, D): the weights of x known, those of hole, and in the last row the bias.
  const Tensor<float>& weights() const { return weights_; }

 private:
  Tensor<float> weights_;
};

}  // namespace mend
