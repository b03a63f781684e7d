#include "mend/baselines/biharmonic_fill.hpp"

#include "mend/baselines/damaged_images.hpp"
#include "mend/baselines/least_energy_fill.hpp"
#include "mend/masks/noise.hpp"

namespace mend {

// |L u|^2 = u^T L L u, because L is symmetric.
Tensor<float> biharmonic_fill(const Tensor<float>& damaged, const Mask& mask) {
  require_damaged("biharmonic_fill", damaged, mask);
  Tensor<float> plate =
      least_energy_fill(damaged, mask, squared(grid_laplacian(mask.height(), mask.width())));
  return composite(clip_pixels(std::move(plate)), damaged, mask);
}

}  // namespace mend
