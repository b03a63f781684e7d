#include "losses/loss_bench.hpp"
#include "mend/losses/clipped_mse.hpp"

using namespace bench;

namespace {

const bool clipped_mse =
    add_loss("clipped_mse", each(1, 6, 4), [](const Tensor& y, const Tensor& target, const Tensor& weight) {
      return mend::clipped_mse(y, target, weight);
    });

}  // namespace
