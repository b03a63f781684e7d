#pragma once

#include "mend/masks/mask.hpp"

namespace mend {

/// Mean squared errors of restored images, each over a named set of pixels; there is no error without a name.
struct RestorationError {
  double whole = 0;      ///< Over all pixels of the raw output: what the assignment reports.
  double composite = 0;  ///< Over all pixels, after known pixels were put back: hole times the hole's share.
  double hole = 0;       ///< Over the missing pixels alone: the restoration itself.
  double known = 0;      ///< Over the known pixels of the raw output: how well it copies.
};

/// Judges restored images. A part without pixels has error 0.
/// \param restored  (N, H W)  \param original  (N, H W)  \param mask  for N images
/// \throws ShapeError when the three do not belong together
RestorationError restoration_error(const Tensor<float>& restored, const Tensor<float>& original,
                                   const Mask& mask);

}  // namespace mend
