#include "layers/layer_bench.hpp"
#include "mend/layers/tanh.hpp"

using namespace bench;

namespace {

// (e^2x - 1) / (e^2x + 1); backward dy (1 - y^2).
const bool tanh = add_layer<mend::Tanh>("tanh", each(1, 5, 2), each(1, 3, 3));

}  // namespace
