#include "masks/mask_bench.hpp"
#include "mend/masks/fill_hole.hpp"
#include "mend/tensor/ops.hpp"

using namespace bench;

namespace {

const bool with_mean =
    add_with_mask("fill_hole/mean", 3, [](const Tensor& x, const mend::Mask& mask, mend::Random&) {
      static const Tensor mean = mend::mean_rows(x);
      return mend::fill_with_mean(x, mask, mean);
    });
const bool with_noise = add_with_mask("fill_hole/noise", 3, mend::fill_with_noise);
const bool with_edge = add_with_mask(
    "fill_hole/edge", 3,
    [](const Tensor& x, const mend::Mask& mask, mend::Random&) { return mend::fill_with_edge(x, mask); });

}  // namespace
