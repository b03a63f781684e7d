#include "mend/baselines/mean_fill.hpp"

#include "mend/baselines/damaged_images.hpp"

namespace mend {

MeanFill::MeanFill(const Tensor<float>& train) {
  require_training("MeanFill", train);
  mean_ = mean_rows(train);
}

Tensor<float> MeanFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("MeanFill", damaged, mask, mean_.size());
  return composite(add_rows(Tensor<float>(damaged.shape()), mean_), damaged, mask);
}

}  // namespace mend
