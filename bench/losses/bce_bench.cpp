#include "losses/loss_bench.hpp"
#include "mend/losses/bce.hpp"

using namespace bench;

namespace {

const bool bce = add_loss("bce", each(1, 10, 3), [](const Tensor& y, const Tensor& target, const Tensor&) {
  return mend::bce(y, target);
});

}  // namespace
