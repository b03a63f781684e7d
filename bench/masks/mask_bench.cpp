#include "masks/mask_bench.hpp"

#include "mend/masks/mask.hpp"

using namespace bench;

namespace {

const bool damage = add_with_mask(
    "mask/damage", 3,
    [](const Tensor& x, const mend::Mask& mask, mend::Random&) { return mend::damage(x, mask); });
const bool composite = add_with_mask(
    "mask/composite", 4,
    [](const Tensor& x, const mend::Mask& mask, mend::Random&) { return mend::composite(x, x, mask); });

}  // namespace
