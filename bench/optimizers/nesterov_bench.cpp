#include "mend/optimizers/nesterov.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g and v, writes w and v.
const bool nesterov = add_optimizer<mend::Nesterov>("nesterov", each(1, 6, 5));

}  // namespace
