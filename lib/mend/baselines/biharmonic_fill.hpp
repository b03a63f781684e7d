#pragma once

#include "mend/masks/mask.hpp"

namespace mend {

/// A thin plate over the hole: it continues not only the grey levels at the edge of the hole but their slopes.
///
/// The fill with the least sum, over all pixels of the image, of the squared Laplacians
///     (L u)_p = sum over the neighbours q that exist, above, below, left and right, of (u_p - u_q),
/// a discrete form of the biharmonic equation (Damelin and Hoang 2018). Inside the frame it takes 13 pixels; at the
/// frame's border, where neighbours are missing, the plate is bent towards meeting the border at a right angle.
/// Polynomials up to the third degree go on exactly through a hole that stays two pixels away from the border. A
/// plate overshoots, so the result is clipped to [0, 1].
///
/// No training. The system of each different hole is solved once, @ref least_energy_fill.
/// \param damaged  (N, H W) in [0, 1]; what stands in the holes does not matter
/// \param mask  for N images; an image without a known pixel becomes black
/// \throws ShapeError when the two do not belong together
Tensor<float> biharmonic_fill(const Tensor<float>& damaged, const Mask& mask);

}  // namespace mend
