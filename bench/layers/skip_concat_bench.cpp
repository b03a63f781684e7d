#include "layers/layer_bench.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/skip_concat.hpp"

using namespace bench;

namespace {

// Around a rectifier, so that the shortcut itself is not lost beside its branch; y is twice as wide as x.
const bool skip_concat = add_layer("skip_concat", each(1, 1, 3), each(1, 2, 4), [] {
  return std::make_unique<mend::SkipConcat<float>>(std::make_unique<mend::Relu<float>>());
});

}  // namespace
