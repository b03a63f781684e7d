#include "layers/layer_bench.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"

using namespace bench;

namespace {

// Around a rectifier, so that the shortcut itself is not lost beside its branch.
const bool residual = add_layer("residual", each(1, 2, 2), each(1, 2, 3), [] {
  return std::make_unique<mend::Residual<float>>(std::make_unique<mend::Relu<float>>());
});

}  // namespace
