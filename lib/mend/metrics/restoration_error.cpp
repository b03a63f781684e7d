#include "mend/metrics/restoration_error.hpp"

#include "mend/tensor/ops.hpp"

namespace mend {

RestorationError restoration_error(const Tensor<float>& restored, const Tensor<float>& original,
                                   const Mask& mask) {
  require_same_shape("restoration_error: restored and original", restored, original);
  require_same_shape("restoration_error: images and mask", restored, mask.hole());
  const float *r = restored.data(), *o = original.data(), *in_hole = mask.hole().data();
  double hole = 0, known = 0;  // sums of squares
  std::size_t missing = 0;
  // Three sums that the processor may carry side by side.
#pragma omp simd reduction(+ : hole, known, missing)
  for (std::size_t i = 0; i < restored.size(); ++i) {
    const double difference = static_cast<double>(r[i]) - o[i], square = difference * difference;
    hole += in_hole[i] != 0 ? square : 0.0;
    known += in_hole[i] != 0 ? 0.0 : square;
    missing += in_hole[i] != 0;
  }
  const auto mean = [](double sum, std::size_t pixels) {
    return pixels == 0 ? 0.0 : sum / static_cast<double>(pixels);
  };
  const std::size_t all = restored.size();
  return {mean(hole + known, all), mean(hole, all), mean(hole, missing), mean(known, all - missing)};
}

}  // namespace mend
