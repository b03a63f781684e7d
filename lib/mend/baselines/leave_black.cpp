#include "mend/baselines/leave_black.hpp"

#include "mend/baselines/damaged_images.hpp"

namespace mend {

Tensor<float> leave_black(const Tensor<float>& damaged, const Mask& mask) {
  require_damaged("leave_black", damaged, mask);
  return damage(damaged, mask, 0);
}

}  // namespace mend
