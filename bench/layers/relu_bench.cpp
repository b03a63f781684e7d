#include "layers/layer_bench.hpp"
#include "mend/layers/relu.hpp"

using namespace bench;

namespace {

// Reads x, writes y; backward reads dy and x, writes dx.
const bool relu = add_layer<mend::Relu>("relu", each(1, 1, 2), each(1, 1, 3));

}  // namespace
