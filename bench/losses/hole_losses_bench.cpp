#include "losses/loss_bench.hpp"
#include "mend/losses/hole_losses.hpp"

using namespace bench;

namespace {

const bool all[] = {add_loss("hole_losses/hole_mse", each(1, 6, 4),
                             [](const Tensor& y, const Tensor& t, const Tensor& hole) {
                               return mend::hole_mse(y, t, hole, 0.1);
                             }),
                    add_loss("hole_losses/hole_l1", each(1, 5, 4),
                             [](const Tensor& y, const Tensor& t, const Tensor& hole) {
                               return mend::hole_l1(y, t, hole, 0.1);
                             }),
                    add_loss("hole_losses/hole_bce_with_logits", each(1, 11, 4),
                             [](const Tensor& y, const Tensor& t, const Tensor& hole) {
                               return mend::hole_bce_with_logits(y, t, hole, 0.1);
                             })};

}  // namespace
