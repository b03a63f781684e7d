#include "layers/layer_bench.hpp"
#include "mend/layers/dropout.hpp"

using namespace bench;

namespace {

// Draws a number for each element, which is what it costs; writes y and the mask.
const bool dropout = add_layer("dropout", each(1, 1, 3), each(1, 1, 3), [] {
  return std::make_unique<mend::Dropout<float>>(0.5, mend::Random(1, "dropout"));
});

}  // namespace
