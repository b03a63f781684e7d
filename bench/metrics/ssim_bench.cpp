#include "mend/metrics/ssim.hpp"
#include "metrics/metric_bench.hpp"

using namespace bench;

namespace {

const bool ssim = add_metric("ssim", 2, [](const Tensor& y, const Tensor& x, const mend::Mask& mask) {
  return mend::ssim(y, x)[0] + mask.hole_share();
});

}  // namespace
