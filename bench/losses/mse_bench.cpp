#include "losses/loss_bench.hpp"
#include "mend/losses/mse.hpp"

using namespace bench;

namespace {

const bool mse = add_loss("mse", each(1, 4, 3), [](const Tensor& y, const Tensor& target, const Tensor&) {
  return mend::mse(y, target);
});

}  // namespace
