#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

// The squared error and its gradient, by an operation for each word of the formula, and in one loop.
namespace {

const Work work = each(batch * pixels, 4, 3);

template <class F>
bool add_step(const std::string& name, F f) {
  return add("steps/loss/" + name, work, [f] {
    return [f, y = uniform({batch, pixels}, 0, 1), target = uniform({batch, pixels}, 0, 1)] {
      return f(y, target).value;
    };
  });
}

const bool before = add_step("before", [](const Tensor& y, const Tensor& target) {
  const Tensor difference = y - target;
  return mend::Loss<float>{mend::mean(mend::multiply(difference, difference)),
                           difference * (2.0f / static_cast<float>(y.size()))};
});
const bool after =
    add_step("after", [](const Tensor& y, const Tensor& target) { return mend::mse(y, target); });

}  // namespace
