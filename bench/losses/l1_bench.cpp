#include "losses/loss_bench.hpp"
#include "mend/losses/l1.hpp"

using namespace bench;

namespace {

const bool l1 = add_loss("l1", each(1, 3, 3), [](const Tensor& y, const Tensor& target, const Tensor&) {
  return mend::l1(y, target);
});

}  // namespace
