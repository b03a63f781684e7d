#include "mend/metrics/restoration_error.hpp"
#include "metrics/metric_bench.hpp"

using namespace bench;

namespace {

const bool restoration_error =
    add_metric("restoration_error", 3, [](const Tensor& y, const Tensor& x, const mend::Mask& mask) {
      return mend::restoration_error(y, x, mask, mend::Penalty::squared).raw.whole;
    });

}  // namespace
