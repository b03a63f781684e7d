#pragma once

#include "mend/masks/mask.hpp"

namespace mend {

/// A membrane over the hole: Laplace's equation with the known pixels as its boundary.
///
/// Each missing pixel is the mean of its neighbours above, below, left and right; at the border of the frame, of
/// those that exist (Neumann). It is the fill with the least sum of squared differences between neighbours
/// (Pérez, Gangnet, Blake 2003, with no gradient to guide it). It never leaves the range of the known pixels around
/// the hole (the maximum principle), and a slope goes on through the hole as the same slope. A stroke does not: it
/// fades from both ends.
///
/// No training. The system of each different hole is solved once, @ref least_energy_fill.
/// \param damaged  (N, H W); what stands in the holes does not matter
/// \param mask  for N images; an image without a known pixel becomes black
/// \throws ShapeError when the two do not belong together
Tensor<float> harmonic_fill(const Tensor<float>& damaged, const Mask& mask);

}  // namespace mend
