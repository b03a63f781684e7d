#include "losses/loss_bench.hpp"
#include "mend/losses/bce_with_logits.hpp"

using namespace bench;

namespace {

const bool bce_with_logits = add_loss(
    "bce_with_logits", each(1, 9, 3),
    [](const Tensor& y, const Tensor& target, const Tensor&) { return mend::bce_with_logits(y, target); });

}  // namespace
