#pragma once

#include "mend/masks/mask.hpp"

namespace mend {

/// The zero of the scale: every missing pixel is black. Whoever restores worse should have left it alone.
///
/// Digits are mostly background, so where a hole hides little ink this is hard to beat: it beats the assignment's
/// network on its smallest patches.
/// \param damaged  (N, H W); what stands in the holes does not matter  \param mask  for N images
/// \throws ShapeError when the two do not belong together
Tensor<float> leave_black(const Tensor<float>& damaged, const Mask& mask);

}  // namespace mend
