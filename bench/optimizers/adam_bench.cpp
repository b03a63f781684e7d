#include "mend/optimizers/adam.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g, m and v, writes w, m and v: memory is what a step costs.
const bool adam = add_optimizer<mend::Adam>("adam", each(1, 13, 7));

}  // namespace
