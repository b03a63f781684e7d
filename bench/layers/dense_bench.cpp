#include <benchmark/benchmark.h>

#include <cstdint>

#include "mend/layers/dense.hpp"

namespace {

using mend::Tensor;

// A batch of 128 through the largest layer of the restorer, (784, 256), and through the map's, (784, 2).
constexpr std::size_t batch = 128;

void shapes(benchmark::internal::Benchmark* b) {
  b->ArgNames({"in", "out"})->Args({784, 2})->Args({784, 256})->UseRealTime();
}

mend::Dense<float> make_layer(const benchmark::State& state) {
  mend::Random random(1);
  return {static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), random};
}

// The floating-point operations of `products` products of this layer's size in each iteration.
void report(benchmark::State& state, double products) {
  const double flop = 2.0 * batch * static_cast<double>(state.range(0)) * static_cast<double>(state.range(1));
  state.counters["FLOP/s"] =
      benchmark::Counter(products * flop, benchmark::Counter::kIsIterationInvariantRate);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}

void DensePredict(benchmark::State& state) {
  const mend::Dense<float> layer = make_layer(state);
  const Tensor<float> x({batch, static_cast<std::size_t>(state.range(0))}, 0.5f);
  for (auto _ : state) benchmark::DoNotOptimize(layer.predict(x));
  report(state, 1);
}
BENCHMARK(DensePredict)->Apply(shapes);

// Backward alone: dx, dW and db for the batch of one forward. The copy of dy is what a layer above would hand over.
void DenseBackward(benchmark::State& state) {
  mend::Dense<float> layer = make_layer(state);
  const Tensor<float> dy =
      layer.forward(Tensor<float>({batch, static_cast<std::size_t>(state.range(0))}, 0.5f));
  for (auto _ : state) benchmark::DoNotOptimize(layer.backward(dy));
  report(state, 2);
}
BENCHMARK(DenseBackward)->Apply(shapes);

}  // namespace
