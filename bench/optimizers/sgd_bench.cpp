#include "mend/optimizers/sgd.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w and g, writes w.
const bool sgd = add_optimizer<mend::Sgd>("sgd", each(1, 2, 3));

}  // namespace
