#include "mend/optimizers/adamw.hpp"
#include "optimizers/optimizer_bench.hpp"

using namespace bench;

namespace {

// Reads w, g, m and v, writes w, m and v.
const bool adamw = add_optimizer<mend::AdamW>("adamw", each(1, 14, 7));

}  // namespace
