#include "mend/optimizers/momentum.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g and v, writes w and v.
const bool momentum = add_optimizer<mend::Momentum>("momentum", each(1, 4, 5));

}  // namespace
