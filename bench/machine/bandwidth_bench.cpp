#include <unistd.h>

#include <array>
#include <string>
#include <vector>
#include <xsimd/xsimd.hpp>

#include "support.hpp"

// How fast a core reads, and reads and writes, what lies in each level of its memory. Each thread has an array of its
// own that fits into the level but not into the one before. What a processor says of its third cache is often the sum
// over cores that this program cannot use: there, eight times the second cache is taken.
namespace {

using Batch = xsimd::batch<float>;
using Array = std::vector<float, xsimd::default_allocator<float>>;  // aligned: no load spans two cache lines
constexpr std::size_t unroll = 8;                                   // loads under way at a time

std::size_t cache(int name, std::size_t otherwise) {
  const long size = sysconf(name);
  return size > 0 ? static_cast<std::size_t>(size) : otherwise;
}

std::size_t elements(std::size_t bytes) {
  constexpr std::size_t block = unroll * Batch::size;
  return bytes / sizeof(float) / block * block;
}

void read(benchmark::State& state, std::size_t bytes) {
  const Array x(elements(bytes), 1.0f);
  for (auto _ : state) {
    std::array<Batch, unroll> sums;
    sums.fill(Batch(0.0f));
    for (std::size_t i = 0; i < x.size(); i += unroll * Batch::size)
      for (std::size_t k = 0; k < unroll; ++k) sums[k] += Batch::load_aligned(x.data() + i + k * Batch::size);
    benchmark::DoNotOptimize(sums);
  }
  bench::report(state, {0, static_cast<double>(x.size() * sizeof(float))});
}

void read_and_write(benchmark::State& state, std::size_t bytes) {
  Array x(elements(bytes), 1.0f);
  float factor = 1;
  benchmark::DoNotOptimize(factor);
  for (auto _ : state) {
    for (std::size_t i = 0; i < x.size(); i += unroll * Batch::size)
      for (std::size_t k = 0; k < unroll; ++k) {
        float* at = x.data() + i + k * Batch::size;
        (Batch::load_aligned(at) * Batch(factor)).store_aligned(at);
      }
    benchmark::ClobberMemory();
  }
  bench::report(state, {0, 2.0 * static_cast<double>(x.size() * sizeof(float))});
}

bool add(const std::string& level, std::size_t bytes) {
  for (const auto& [name, function] : {std::pair("read/", &read), std::pair("read_write/", &read_and_write)})
    benchmark::RegisterBenchmark((std::string("machine/") + name + level).c_str(),
                                 [f = function, bytes](benchmark::State& state) { f(state, bytes); })
        ->ThreadRange(1, 2)
        ->UseRealTime();
  return true;
}

const std::size_t second = cache(_SC_LEVEL2_CACHE_SIZE, 1 << 20);
const bool levels[] = {add("L1", cache(_SC_LEVEL1_DCACHE_SIZE, 32 << 10) / 2), add("L2", second / 2),
                       add("L3", 8 * second), add("DRAM", 256u << 20)};

}  // namespace
