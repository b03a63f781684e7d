#include "mend/baselines/harmonic_fill.hpp"

#include "mend/baselines/damaged_images.hpp"
#include "mend/baselines/least_energy_fill.hpp"

namespace mend {

// u^T L u = sum over the pairs of neighbours of (u_p - u_q)^2: least where (L u)_p = 0 in the hole.
Tensor<float> harmonic_fill(const Tensor<float>& damaged, const Mask& mask) {
  require_damaged("harmonic_fill", damaged, mask);
  return least_energy_fill(damaged, mask, grid_laplacian(mask.height(), mask.width()));
}

}  // namespace mend
