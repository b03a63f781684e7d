#pragma once

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "mend/tensor/tensor.hpp"

// What the benchmarks share. Names are paths, "layers/relu/forward": the report groups by them.
namespace bench {

using Tensor = mend::Tensor<float>;

/// What one call of a job must do at least.
///
/// Every operation in the formula counts as one, also a division, a comparison or e^x. Bytes are those of everything
/// that is read and of everything that is written, each once: what a processor with an endless cache would move.
struct Work {
  double flop = 0;   ///< Floating-point operations; 0 where a job has none worth counting.
  double bytes = 0;  ///< Bytes read and written; 0 likewise.
  /// Both jobs, one after the other.
  friend Work operator+(Work a, Work b) { return {a.flop + b.flop, a.bytes + b.bytes}; }
  /// So many of them.
  friend Work operator*(double times, Work a) { return {times * a.flop, times * a.bytes}; }
};

/// n numbers, with so many operations and so many floats read or written for each.
inline Work each(double n, double flop, double floats) { return {n * flop, n * floats * sizeof(float)}; }
/// (n, k) times (k, d).
Work product(double n, double k, double d);

/// The batch of the assignment, and the pixels of an image.
inline constexpr std::size_t batch = 128, pixels = 784;

/// Uniform random numbers, the same in every run.
Tensor uniform(const mend::Shape& shape, double low = -1, double high = 1);
/// Rows of images of fives and sevens, generated; as many as MNIST has of both. The first `rows` of them.
const Tensor& images();
inline constexpr std::size_t image_count = 11686;  ///< Of images().

/// Sets the number of threads for as long as it lives.
class Threads {
 public:
  explicit Threads(std::size_t threads);
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

 private:
  std::size_t before_;
};

/// Adds FLOP/s and bytes/s to the figures of a benchmark whose iterations do this work.
void report(benchmark::State& state, Work work);

/// Registers a benchmark. \param make  sets up and returns the job; only the job is timed. What the job returns is
/// taken for used.
template <class Make>
bool add(const std::string& name, Work work, Make make) {
  benchmark::RegisterBenchmark(name.c_str(), [work, make](benchmark::State& state) {
    auto job = make();
    const auto call = [&job] {
      if constexpr (std::is_void_v<decltype(job())>)
        job();
      else
        benchmark::DoNotOptimize(job());
      benchmark::ClobberMemory();
    };
    call();  // once before: the first time memory is cold
    for (auto _ : state) call();
    report(state, work);
  })->UseRealTime();
  return true;
}

/// The same with 1 and with 2 threads: "name/threads:2".
template <class Make>
bool add_threaded(const std::string& name, Work work, Make make) {
  for (const std::size_t threads : {1u, 2u})
    add(name + "/threads:" + std::to_string(threads), work, [make, threads] {
      return [guard = std::make_unique<Threads>(threads), job = make()]() mutable { return job(); };
    });
  return true;
}

}  // namespace bench
