#include "losses/loss_bench.hpp"
#include "mend/losses/huber.hpp"

using namespace bench;

namespace {

const bool huber = add_loss("huber", each(1, 6, 3), [](const Tensor& y, const Tensor& target, const Tensor&) {
  return mend::huber(y, target);
});

}  // namespace
