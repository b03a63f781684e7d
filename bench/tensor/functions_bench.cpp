#include "mend/tensor/functions.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// In place on a batch of images, again and again. exp overflows on the way, which
// takes it no longer.
template <class F>
bool add_function(const std::string& name, double flop, F f) {
  return add("tensor/" + name, each(batch * pixels, flop, 2), [f] {
    return [f, x = uniform({batch, pixels})]() mutable { return (x = f(std::move(x)))[0]; };
  });
}

const bool all[] = {add_function("exp", 1, [](Tensor x) { return mend::exp(std::move(x)); }),
                    add_function("sigmoid", 4, [](Tensor x) { return mend::sigmoid(std::move(x)); }),
                    add_function("tanh", 5, [](Tensor x) { return mend::tanh(std::move(x)); }),
                    add_function("softplus", 3, [](Tensor x) { return mend::softplus(std::move(x)); })};

}  // namespace
