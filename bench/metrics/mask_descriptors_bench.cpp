#include "mend/metrics/mask_descriptors.hpp"
#include "metrics/metric_bench.hpp"

using namespace bench;

namespace {

const bool mask_descriptors =
    add_metric("mask_descriptors", 2, [](const Tensor& y, const Tensor& x, const mend::Mask& mask) {
      return mend::describe_masks(mask, y).size() + x.size();
    });

}  // namespace
