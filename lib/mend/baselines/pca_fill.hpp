#pragma once

#include <cstddef>

#include "mend/baselines/pca.hpp"
#include "mend/masks/mask.hpp"

namespace mend {

/// Says that images lie near the plane of the first k principal components, and looks there for the point that
/// agrees best with the known pixels (Roweis 1998; Ilin and Raiko 2010).
///
/// Begins with the mean image in the hole and repeats: project onto the plane, put the known pixels back. With the
/// components V (k, D), of which V_k are the columns of the known pixels, the code of an image moves as
///     c <- c + V_k (x_k - mean_k - V_k^T c),        c = 0 at first:
/// gradient descent with step 1 on the squared error over the known pixels. It never rises, and converges to the
/// least-squares code; if several codes fit equally well, to the shortest. A direction of code space of which the
/// known pixels see the share s <= 1 (an eigenvalue of V_k V_k^T) has gone 1 - (1 - s)^iterations of its way: few
/// iterations leave at zero what the known pixels hardly show, and that restores better than the end of the way.
///
/// An iteration costs 2 k D multiplications for each image. Computed in float.
class PcaFill {
 public:
  /// The defaults are the best of 12 to 256 components and 3 to 160 iterations on 1,000 of MNIST's training fives and
  /// sevens, with the components of the others: the least mean error in the holes of ten kinds of stripes and patches.
  /// The least is flat, from 16 to 32 components; narrow holes would like 64.
  /// \param train  (N, D) with N >= 2  \param k  components, 1 to D  \param iterations  at least 1
  /// \throws ShapeError when the images are not such  \throws Error when k or iterations are out of range
  explicit PcaFill(const Tensor<float>& train, std::size_t k = 24, std::size_t iterations = 10);

  /// The same with components that are there already: those of pca, all of them.
  /// \throws Error for 0 iterations
  PcaFill(Pca pca, std::size_t iterations);

  /// \param damaged  (N, D); what stands in the holes does not matter  \param mask  for N images
  /// \return the fill clipped to [0, 1], and the known pixels as they came
  /// \throws ShapeError when the two do not belong together, or to the training images
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

 private:
  Pca pca_;
  std::size_t iterations_;
};

}  // namespace mend
