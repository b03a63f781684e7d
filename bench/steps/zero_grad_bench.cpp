#include "mend/optimizers/adam.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

// Gradients set to zero in a pass of their own before each backward, and in the optimizer's pass.
namespace {

const Work work = parameters * each(1, 13, 8);

const bool before = add("steps/zero_grad/before", work, [] {
  auto net = network_with_gradients();
  return [net, adam = std::make_shared<mend::Adam<float>>(net->parameters())] {
    adam->zero_grad();
    adam->step();
  };
});
const bool after = add("steps/zero_grad/after", work, [] {
  auto net = network_with_gradients();
  return [net, adam = std::make_shared<mend::Adam<float>>(net->parameters())] { adam->step_and_zero_grad(); };
});

}  // namespace
