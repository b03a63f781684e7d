#include "mend/baselines/mean_fill.hpp"

#include "mend/baselines/damaged_images.hpp"
#include "mend/masks/fill_hole.hpp"

namespace mend {

MeanFill::MeanFill(const Tensor<float>& train) {
  require_training("MeanFill", train);
  mean_ = mean_rows(train);
}

Tensor<float> MeanFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("MeanFill", damaged, mask, mean_.size());
  return fill_with_mean(damaged, mask, mean_);
}

}  // namespace mend
