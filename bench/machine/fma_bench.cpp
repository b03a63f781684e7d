#include <array>
#include <xsimd/xsimd.hpp>

#include "support.hpp"

// How many operations a core does when nothing is read or written: multiply-adds in registers. A core finishes two a
// cycle, each after four cycles, so at least eight have to be under way that do not wait for each other.
namespace {

template <class Arch>
void peak(benchmark::State& state) {
  using Batch = xsimd::batch<float, Arch>;
  constexpr int rounds = 1000, independent = 12;
  std::array<Batch, independent> sums;
  for (int i = 0; i < independent; ++i) sums[static_cast<std::size_t>(i)] = Batch(static_cast<float>(i));
  float almost_one = 0.999f, small = 1e-3f;
  benchmark::DoNotOptimize(
      almost_one);  // as if read from elsewhere: nothing is computed before the program runs
  benchmark::DoNotOptimize(small);
  const Batch factor(almost_one), summand(small);
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round)
      for (Batch& sum : sums) sum = xsimd::fma(sum, factor, summand);
    Batch total = sums[0];
    for (int i = 1; i < independent; ++i) total += sums[static_cast<std::size_t>(i)];
    benchmark::DoNotOptimize(total);
  }
  bench::report(state, {2.0 * rounds * independent * static_cast<double>(Batch::size), 0});
}

template <class Arch>
bool add(const std::string& name) {
  benchmark::RegisterBenchmark(("machine/fma/" + name).c_str(), peak<Arch>)->ThreadRange(1, 2)->UseRealTime();
  return true;
}

#ifdef __AVX512F__
const bool avx512 = add<xsimd::avx512f>("avx512");
#endif
#ifdef __FMA__
const bool avx2 = add<xsimd::fma3<xsimd::avx2>>("avx2");
#endif
const bool widest = add<xsimd::default_arch>("widest");

}  // namespace
