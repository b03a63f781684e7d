#include "layers/layer_bench.hpp"
#include "mend/layers/softplus.hpp"

using namespace bench;

namespace {

// log(1 + e^x); backward dy sigmoid(x).
const bool softplus = add_layer<mend::Softplus>("softplus", each(1, 3, 2), each(1, 5, 3));

}  // namespace
