#include "mend/optimizers/adam.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g, m and v, writes w, m and v: memory is what a step costs.
const bool adam = add_optimizer<mend::Adam>("adam", each(1, 13, 7));

// As fit takes it: the gradients become zero in the same pass.
const bool with_zero = add("optimizers/adam/step_and_zero_grad", parameters* each(1, 13, 8), [] {
  auto net = network_with_gradients();
  return [net, adam = std::make_shared<mend::Adam<float>>(net->parameters())] { adam->step_and_zero_grad(); };
});

}  // namespace
