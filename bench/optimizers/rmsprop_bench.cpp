#include "mend/optimizers/rmsprop.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g and v, writes w and v.
const bool rmsprop = add_optimizer<mend::RmsProp>("rmsprop", each(1, 9, 5));

}  // namespace
