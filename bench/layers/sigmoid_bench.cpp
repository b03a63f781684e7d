#include "layers/layer_bench.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace bench;

namespace {

// 1 / (1 + e^-x); backward dy y (1 - y).
const bool sigmoid = add_layer<mend::Sigmoid>("sigmoid", each(1, 4, 2), each(1, 3, 3));

}  // namespace
