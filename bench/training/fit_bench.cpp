#include <benchmark/benchmark.h>

#include <cstdint>

#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/fit.hpp"

namespace {

// Ten steps of 128 rows in an epoch: enough that the epoch's own work does not count.
constexpr std::size_t steps = 10, batch = 128;

// Whole training steps as fit takes them: batch, forward, loss, backward, Adam.
void run_epochs(benchmark::State& state, mend::Sequential<float> (*make)(mend::Random&),
                std::size_t threads) {
  mend::Random init(1, "init"), pixels(1, "pixels"), shuffle(1, "shuffle");
  mend::Sequential<float> net = make(init);
  mend::Adam<float> adam(net.parameters());
  const mend::Tensor<float> rows = mend::map(mend::Tensor<float>({steps * batch, 784}),
                                             [&](float) { return static_cast<float>(pixels.uniform()); });
  mend::FitOptions options;
  options.epochs = 1;
  options.batch_size = batch;
  options.quiet = true;
  const std::size_t threads_before = mend::threads();
  mend::set_threads(threads);
  for (auto _ : state) benchmark::DoNotOptimize(mend::fit(net, adam, rows, shuffle, options));
  mend::set_threads(threads_before);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(steps * batch));
  state.counters["s/step"] =
      benchmark::Counter(steps, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void FitEmbedding(benchmark::State& state) {  // Task 2: 784 -> 2 -> 784
  run_epochs(state, mend::embedding_autoencoder<float>, static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(FitEmbedding)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void FitRestorer(benchmark::State& state) {  // Task 3: 784 -> 256 -> 256 -> 128 -> 784
  run_epochs(
      state, [](mend::Random& init) { return mend::masked_restorer(init); },
      static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(FitRestorer)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
