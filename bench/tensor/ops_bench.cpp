#include <benchmark/benchmark.h>

#include <cstdint>
#include <utility>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"

namespace {

using mend::Tensor;

Tensor<float> uniform(std::int64_t rows, std::int64_t columns) {
  mend::Random random(1);
  return mend::map(Tensor<float>({static_cast<std::size_t>(rows), static_cast<std::size_t>(columns)}),
                   [&](float) { return static_cast<float>(random.uniform(-1, 1)); });
}

// The products of both networks of the assignment for a batch of 128: (N, K) by (K, D).
void layer_shapes(benchmark::internal::Benchmark* b) {
  b->ArgNames({"N", "K", "D", "threads"})->UseRealTime();
  for (const std::int64_t threads : {1, 2}) {
    for (const auto& [k, d] : {std::pair{784, 2}, {2, 784}, {784, 256}, {256, 256}, {256, 128}, {128, 784}})
      b->Args({128, k, d, threads});
  }
}

// Runs a product of the shapes in the arguments, and reports FLOP/s and the bytes of its three matrices per second.
template <class Product>
void run_product(benchmark::State& state, Product product) {
  const double n = static_cast<double>(state.range(0)), k = static_cast<double>(state.range(1)),
               d = static_cast<double>(state.range(2));
  const std::size_t threads_before = mend::threads();
  mend::set_threads(static_cast<std::size_t>(state.range(3)));
  for (auto _ : state) benchmark::DoNotOptimize(product());
  mend::set_threads(threads_before);
  state.counters["FLOP/s"] = benchmark::Counter(2 * n * k * d, benchmark::Counter::kIsIterationInvariantRate);
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(sizeof(float) * (n * k + k * d + n * d)));
}

void Matmul(benchmark::State& state) {  // y = x W
  const Tensor<float> x = uniform(state.range(0), state.range(1)),
                      w = uniform(state.range(1), state.range(2));
  run_product(state, [&] { return mend::matmul(x, w); });
}
BENCHMARK(Matmul)->Apply(layer_shapes);

void MatmulNt(benchmark::State& state) {  // dx = dy W^T
  const Tensor<float> dy = uniform(state.range(0), state.range(2)),
                      w = uniform(state.range(1), state.range(2));
  run_product(state, [&] { return mend::matmul_nt(dy, w); });
}
BENCHMARK(MatmulNt)->Apply(layer_shapes);

void AddMatmulTn(benchmark::State& state) {  // dW += x^T dy
  const Tensor<float> x = uniform(state.range(0), state.range(1)),
                      dy = uniform(state.range(0), state.range(2));
  Tensor<float> sum = uniform(state.range(1), state.range(2));
  run_product(state, [&] {
    mend::add_matmul_tn(sum, x, dy);
    return sum.data();
  });
}
BENCHMARK(AddMatmulTn)->Apply(layer_shapes);

void AddRows(benchmark::State& state) {  // y + b, in place
  Tensor<float> y = uniform(128, 784);
  const Tensor<float> b = uniform(1, 784).reshaped({784});
  for (auto _ : state) benchmark::DoNotOptimize(y = mend::add_rows(std::move(y), b));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(2 * y.size() * sizeof(float)));
}
BENCHMARK(AddRows);

void AddSumRows(benchmark::State& state) {  // db += sum of dy over the batch
  const Tensor<float> dy = uniform(128, 784);
  Tensor<float> sum({784});
  for (auto _ : state) {
    mend::add_sum_rows(sum, dy);
    benchmark::DoNotOptimize(sum.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(dy.size() * sizeof(float)));
}
BENCHMARK(AddSumRows);

}  // namespace
