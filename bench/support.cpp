#include "support.hpp"

#include "mend/data/stroke_digits.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"

namespace bench {

Work product(double n, double k, double d) {
  return {2 * n * k * d, (n * k + k * d + n * d) * sizeof(float)};
}

Tensor uniform(const mend::Shape& shape, double low, double high) {
  mend::Random random(1);
  return mend::map(Tensor(shape), [&](float) { return static_cast<float>(random.uniform(low, high)); });
}

const Tensor& images() {
  static const Tensor rows = mend::to_rows(mend::stroke_digits(image_count, 1, 1, {5, 7}).train);
  return rows;
}

Threads::Threads(std::size_t threads) : before_(mend::threads()) { mend::set_threads(threads); }
Threads::~Threads() { mend::set_threads(before_); }

void report(benchmark::State& state, Work work) {
  // A rate of all iterations: of several threads, each adds its own.
  const double n = static_cast<double>(state.iterations());
  const auto rate = benchmark::Counter::kIsRate;
  if (work.flop > 0) state.counters["flop_per_second"] = benchmark::Counter(n * work.flop, rate);
  if (work.bytes > 0) state.counters["bytes_per_second"] = benchmark::Counter(n * work.bytes, rate);
}

}  // namespace bench
