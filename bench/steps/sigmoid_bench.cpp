#include <cmath>

#include "mend/tensor/functions.hpp"
#include "support.hpp"

using namespace bench;

// The sigmoid of a batch of images: std::exp takes one number at a time, the library's as many as a register holds.
namespace {

template <class F>
bool add_step(const std::string& name, F f) {
  return add("steps/sigmoid/" + name, each(batch * pixels, 4, 2), [f] {
    return [f, x = uniform({batch, pixels}, -4, 4)] { return f(x)[0]; };
  });
}

const bool before = add_step(
    "before", [](const Tensor& x) { return mend::map(x, [](float v) { return 1 / (1 + std::exp(-v)); }); });
const bool after = add_step("after", [](const Tensor& x) { return mend::sigmoid(x); });

}  // namespace
