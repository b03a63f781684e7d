#include <benchmark/benchmark.h>

#include <cstdint>

#include "mend/optimizers/adam.hpp"
#include "mend/tensor/random.hpp"

namespace {

// One step over a parameter with as many numbers as the argument says: the map's network and the restorer.
void AdamStep(benchmark::State& state) {
  mend::Random random(1);
  mend::Parameter<float> weight("weight", mend::Tensor<float>({static_cast<std::size_t>(state.range(0))}));
  for (float& g : weight.grad) g = static_cast<float>(random.normal());
  mend::Adam<float> adam({&weight});
  for (auto _ : state) {
    adam.step();
    benchmark::DoNotOptimize(weight.value.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  // Reads w, g, m and v, writes w, m and v: memory is what a step costs.
  state.SetBytesProcessed(state.iterations() * state.range(0) * static_cast<std::int64_t>(7 * sizeof(float)));
}
BENCHMARK(AdamStep)->ArgName("parameters")->Arg(3'922)->Arg(400'784);

}  // namespace
