#include "layers/layer_bench.hpp"
#include "mend/layers/leaky_relu.hpp"

using namespace bench;

namespace {

// Reads x, writes y; backward reads dy and x, writes dx.
const bool leaky_relu = add_layer<mend::LeakyRelu>("leaky_relu", each(1, 2, 2), each(1, 2, 3));

}  // namespace
