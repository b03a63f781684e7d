// # A fast product
//
// You learn where the time of a training goes, and how the product of two matrices becomes many times faster
// without changing a single result: loop order, blocks that stay in the cache, tiles that stay in registers.
//
// ## What you will see
//
// - a figure: the rate of each version beside OpenBLAS, a library for products, and the processor's peak;
// - a figure: why a tile needs many rows;
// - that all versions agree to the last bit.
//
// It runs for some seconds, without a data set. Rates are this machine's; run it on yours.
//
// **Needs:** @ref tutorial_01_tensors_and_shapes. Some idea of what a cache is helps.
//
// ## Shapes
//
// | symbol | meaning                        | shape  |
// |--------|--------------------------------|--------|
// | `a`    | left factor                    | (M, K) |
// | `b`    | right factor                   | (K, N) |
// | `c`    | product                        | (M, N) |
//
// All three are stored *row-major*, one row after the other.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <string>
#include <vector>
#include <xsimd/xsimd.hpp>

#include "cli/tutorial.hpp"
#include "mend/figures/chart.hpp"
#include "mend/tensor/blas.hpp"
#include "mend/tensor/gemm.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

using namespace mend;

// ## How fast could it be?
//
// Each element of \f$ C = A B \f$ is a sum of K products, so the whole takes \f$ 2 M N K \f$ floating-point
// operations, and no version below does fewer. What differs is what the processor waits for.
//
// A modern core multiplies and adds a whole *register* of numbers in one instruction, a fused multiply-add
// (FMA), and begins one or two of them in each *cycle*, a tick of its clock. Nothing that has to be fetched
// from memory keeps up with that. So we first measure the *peak*: multiply-adds on numbers that never leave
// the registers. Twelve sums run side by side, because each must wait some cycles for its own last result.
// How long registers are, and how many there are, depends on the instructions that a processor has: SSE, AVX2
// or AVX-512, from the oldest to the newest. The places of a register for single numbers are its *lanes*.

using Register = xsimd::batch<float>;
constexpr std::size_t lanes = Register::size;  // 16 with AVX-512, 8 with AVX2, 4 with SSE

float sums_in_registers(std::size_t rounds) {
  constexpr std::size_t count = 12;
  Register sum[count];
  for (std::size_t i = 0; i < count; ++i) sum[i] = Register(static_cast<float>(i));
  const Register factor(0.999f), term(0.001f);
  for (std::size_t round = 0; round < rounds; ++round)
#pragma GCC unroll 12
    for (std::size_t i = 0; i < count; ++i) sum[i] = xsimd::fma(sum[i], factor, term);
  Register total(0.0f);
  for (const Register& s : sum) total += s;
  return xsimd::hadd(total);
}

// The best of several runs, in 1e9 operations a second: whatever else the machine does makes a run slower,
// never faster.

double best_rate(double operations, std::size_t runs, const std::function<void()>& work) {
  double best = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, 1e-9 * operations / seconds.count());
  }
  return best;
}

// ## Version 1: the definition
//
// Element by element, \f$ c_{ij} = \sum_k a_{ik} b_{kj} \f$. Correct, and slow for two reasons. The innermost
// loop walks *down a column* of b: each step lands N numbers further on, and of the 16 numbers that memory
// delivers together (a *cache line*) one is used. And it makes one sum, so that each addition waits for the
// one before it; the compiler may not split it into several, because sums of floats in another order have
// other last bits.

void by_definition(const Tensor<float>& a, const Tensor<float>& b, Tensor<float>& c) {
  const std::size_t rows = a.dim(0), columns = b.dim(1), depth = a.dim(1);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < depth; ++k) sum += a[i * depth + k] * b[k * columns + j];
      c[i * columns + j] = sum;
    }
}

// ## Version 2: another loop order
//
// The same additions in the same order for each element, but row by row: a number of a times a *row* of b is
// added to a row of c. Now everything is read along rows, and the elements of a row do not depend on each
// other, so the compiler uses whole registers. What is left: for each multiply-add a part of c is loaded and
// stored again.

void row_by_row(const Tensor<float>& a, const Tensor<float>& b, Tensor<float>& c) {
  const std::size_t rows = a.dim(0), columns = b.dim(1), depth = a.dim(1);
  c.fill(0);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t k = 0; k < depth; ++k) {
      const float left = a[i * depth + k];
      const float* __restrict from = b.data() + k * columns;
      float* __restrict to = c.data() + i * columns;
      for (std::size_t j = 0; j < columns; ++j) to[j] += left * from[j];
    }
}

// ## Version 3: blocks
//
// For each row of a, version 2 reads all of b. When b is larger than the cache that means: from memory, again
// and again. So take a *block* of b that fits, and use it for every row of a before going on to the next
// block. Here b has 2.4 MB: where a large cache delivers it fast enough, blocks bring nothing yet. They will,
// once the sums no longer wait for c.

void in_blocks(const Tensor<float>& a, const Tensor<float>& b, Tensor<float>& c) {
  const std::size_t rows = a.dim(0), columns = b.dim(1), depth = a.dim(1);
  constexpr std::size_t block_rows = 64, block_columns = 128;  // 32 kB: fits a first-level cache
  c.fill(0);
  for (std::size_t k0 = 0; k0 < depth; k0 += block_rows)
    for (std::size_t j0 = 0; j0 < columns; j0 += block_columns)
      for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t k1 = std::min(depth, k0 + block_rows), j1 = std::min(columns, j0 + block_columns);
        for (std::size_t k = k0; k < k1; ++k) {
          const float left = a[i * depth + k];
          const float* __restrict from = b.data() + k * columns;
          float* __restrict to = c.data() + i * columns;
          for (std::size_t j = j0; j < j1; ++j) to[j] += left * from[j];
        }
      }
}

// ## Version 4: tiles in registers
//
// The cache is fast, registers are faster. Keep a *tile* of c, R rows by two registers, in registers for the
// whole sum: then c is stored once instead of K times. Each step of the sum loads two registers of b and R
// single numbers of a, each copied into all lanes of a register, and makes 2 R multiply-adds of them.
//
// ## The derivation: how many rows?
//
// Loads for each multiply-add:
// \f[
//   \frac{2 + R}{2 R} = \frac{1}{2} + \frac{1}{R} .
// \f]
// A processor that begins two multiply-adds and two loads in a cycle needs this below 1, so more than two
// rows. It also needs enough sums that do not wait for each other: with a *latency*, the wait for a result,
// of four cycles and two begun in each, eight, so again more than three rows. The upper limit is the number
// of registers: 2 R for the sums, 2 for b and one for a must fit. AVX-512 has 32, so R = 12 leaves some to
// spare; AVX2 has 16, which allows R = 6.

template <std::size_t Rows>
void multiply_tile(std::size_t depth, std::size_t columns, const float* a, const float* b, float* c) {
  Register sum[Rows][2];
  for (std::size_t i = 0; i < Rows; ++i) sum[i][0] = sum[i][1] = Register(0.0f);
  for (std::size_t k = 0; k < depth; ++k) {
    const Register right0 = Register::load_unaligned(b + k * columns);
    const Register right1 = Register::load_unaligned(b + k * columns + lanes);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < Rows; ++i) {
      const Register left(a[i * depth + k]);
      sum[i][0] = xsimd::fma(left, right0, sum[i][0]);
      sum[i][1] = xsimd::fma(left, right1, sum[i][1]);
    }
  }
#pragma GCC unroll 16
  for (std::size_t i = 0; i < Rows; ++i) {
    sum[i][0].store_unaligned(c + i * columns);
    sum[i][1].store_unaligned(c + i * columns + lanes);
  }
}

template <std::size_t Rows>
void in_tiles(const Tensor<float>& a, const Tensor<float>& b, Tensor<float>& c) {
  const std::size_t rows = a.dim(0), columns = b.dim(1), depth = a.dim(1);
  for (std::size_t j = 0; j < columns; j += 2 * lanes)
    for (std::size_t i = 0; i < rows; i += Rows)  // sizes here are multiples of both
      multiply_tile<Rows>(depth, columns, a.data() + i * depth, b.data() + j, c.data() + i * columns + j);
}

// ## Version 5: what the library does
//
// `lib/mend/tensor/gemm.cpp` puts the three ideas together, as good libraries have done since
// Goto and van de Geijn 2008: from the outside in, a block of the sums at most 256 long, *strips* of 12 rows
// of a and a *panel* of 32 columns of b (with AVX-512), and a tile in registers. The code that multiplies a
// strip and a panel is the *kernel*. Three things are added:
//
// - *packing*: strips of a, and panels of b that are stored transposed, are copied to where the kernel reads
//   them one after the other. Rows that are a power of two apart would otherwise fall into the same few
//   places of the cache;
// - *edges*: no size needs to be a multiple of anything;
// - *threads*: blocks of c are handed out. No sum is ever cut, so any number of threads gives the same bits.
//
// It is compiled for AVX2 and for AVX-512, and asks the processor when it runs (`Kernels`). Where neither is
// faster than OpenBLAS, OpenBLAS stays.

struct Version {
  std::string name;
  std::function<void(const Tensor<float>&, const Tensor<float>&, Tensor<float>&)> multiply;
};

Version library_version(const std::string& name, Kernels kernels) {
  return {name, [kernels](const Tensor<float>& a, const Tensor<float>& b, Tensor<float>& c) {
            set_kernels(kernels);
            gemm(Flip::none, Flip::none, a.dim(0), b.dim(1), a.dim(1), a.data(), b.data(), false, c.data());
          }};
}

void fast_product(cli::Tutorial& tutorial) {
  // ## The measurement
  //
  // One thread. The factors are whole numbers from -4 to 4: then every product and every sum is exact in
  // float, and versions that add in another order must still agree to the last bit.

  const std::size_t threads_before = threads();
  const Kernels kernels_before = kernels();
  set_threads(1);
  const std::size_t size = tutorial.full_or_quick(768, 96), runs = tutorial.full_or_quick(7, 2);
  Random random(tutorial.seed, "factors");
  const auto whole_numbers = [&](float) { return static_cast<float>(random.between(0, 8)) - 4; };
  const Tensor<float> a = map(Tensor<float>({size, size}), whole_numbers),
                      b = map(Tensor<float>({size, size}), whole_numbers);
  const double operations = 2 * std::pow(static_cast<double>(size), 3);

  std::vector<Version> versions{{"definition", by_definition},
                                {"row by row", row_by_row},
                                {"in blocks", in_blocks},
                                {"in tiles", in_tiles < lanes == 16 ? 12 : 6 > }};
  for (const Kernels k : {Kernels::avx2, Kernels::avx512})
    if (can_run(k)) versions.push_back(library_version("mend " + to_string(k), k));
  versions.push_back(library_version("OpenBLAS", Kernels::openblas));

  const std::size_t rounds = tutorial.full_or_quick(2'000'000, 20'000);
  float keep = 0;
  const double peak =
      best_rate(24.0 * lanes * static_cast<double>(rounds), runs, [&] { keep += sums_in_registers(rounds); });
  std::cout << "registers of " << lanes << " numbers, peak " << peak << " GFLOP/s" << (keep == 0 ? "." : "")
            << "\n"
            << "OpenBLAS runs its kernels for " << blas_kernels() << "\n";

  Tensor<float> expected({size, size}), c({size, size});
  tutorial.show_shape("a", "(M, K)", a.shape());
  tutorial.show_shape("b", "(K, N)", b.shape());
  tutorial.show_shape("c", "(M, N)", c.shape());
  by_definition(a, b, expected);
  std::vector<double> rates;
  std::size_t wrong = 0;
  for (const Version& version : versions) {
    rates.push_back(best_rate(operations, runs, [&] { version.multiply(a, b, c); }));
    wrong += c != expected;
    std::cout << version.name << ": " << rates.back() << " GFLOP/s, " << 100 * rates.back() / peak
              << " % of the peak\n";
  }
  tutorial.expect("versions_that_differ", static_cast<double>(wrong), 0, 0);

  Chart steps;
  steps.title = "Each version of the same product";
  steps.y_label = "GFLOP/s";
  steps.log_y = true;
  Series measured{.name = "", .y = rates, .mark = Mark::points};
  for (std::size_t i = 0; i < versions.size(); ++i) {
    measured.x.push_back(static_cast<double>(i));
    steps.categories.push_back(versions[i].name);
  }
  steps.series = {measured};
  steps.levels = {{"peak", peak}};
  const double best_own = *std::max_element(rates.begin(), rates.end() - 1);
  save_chart(tutorial.file("06_versions"), {steps},
             "From the definition to kernels in registers the rate grows from " +
                 std::to_string(std::lround(rates[0])) + " to " + std::to_string(std::lround(best_own)) +
                 " GFLOP/s; OpenBLAS reaches " + std::to_string(std::lround(rates.back())) +
                 " and the peak is " + std::to_string(std::lround(peak)) + ".",
             "matrices of " + std::to_string(size) + " x " + std::to_string(size) + ", one thread, best of " +
                 std::to_string(runs));

  // @figure{06_versions.svg} The axis is logarithmic: each idea is worth a factor.
  //
  // ## More rows, fewer loads
  //
  // Version 4 with other numbers of rows, beside what the derivation says about loads. The gain ends where
  // two loads in a cycle are no longer what it waits for. With more rows than registers the compiler would
  // have to put sums aside in memory.

  Series by_rows{.name = "measured", .mark = Mark::line_points};
  std::vector<double> loads;
  const auto measure = [&]<std::size_t Rows>() {
    by_rows.x.push_back(Rows);
    by_rows.y.push_back(best_rate(operations, runs, [&] { in_tiles<Rows>(a, b, c); }));
    loads.push_back(0.5 + 1.0 / Rows);
    wrong += c != expected;
    std::cout << Rows << " rows: " << loads.back() << " loads for each multiply-add, " << by_rows.y.back()
              << " GFLOP/s\n";
  };
  measure.operator()<1>();
  measure.operator()<2>();
  measure.operator()<3>();
  measure.operator()<4>();
  measure.operator()<6>();
  if (lanes == 16) {
    measure.operator()<8>();
    measure.operator()<12>();
  }
  tutorial.expect("tiles_that_differ", static_cast<double>(wrong), 0, 0);
  tutorial.expect("loads_with_1_row", loads.front(), 1.5, 1.5);
  tutorial.expect("loads_with_most_rows", loads.back(), 0.5, 0.67);

  Chart rows;
  rows.title = "The rows of a tile";
  rows.x_label = "rows of two registers each";
  rows.y_label = "GFLOP/s";
  rows.series = {by_rows};
  rows.levels = {{"peak", peak}};
  save_chart(tutorial.file("06_rows"), {rows},
             "One row reaches " + std::to_string(std::lround(by_rows.y.front())) + " GFLOP/s, " +
                 std::to_string(std::lround(by_rows.x.back())) + " rows " +
                 std::to_string(std::lround(by_rows.y.back())) + ": fewer loads for each multiply-add.",
             "matrices of " + std::to_string(size) + " x " + std::to_string(size) + ", one thread, best of " +
                 std::to_string(runs));
  set_kernels(kernels_before);
  set_threads(threads_before);

  // @figure{06_rows.svg} One row leaves the processor waiting, many keep it busy.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/06_fast_product
  // ```
  //
  // Each line with EXPECT names a number, its value and the band in which it must lie. One that does not ends
  // in FAILED, and so does the program. `--seed N` tries other random numbers, `--out DIR` puts the figures
  // elsewhere.
  //
  // The EXPECT lines say nothing about time, which differs from machine to machine; they say that no version
  // changed a result. How fast whole trainings are, and why, is on the page @ref speed.
  //
  // @output
  //
  // ## If it differs
  //
  // - **OpenBLAS reaches far more than 100 % of the peak**: the program was built without optimisation, or
  //   not for this processor, so that the peak was measured too low. Use the preset `release`.
  // - **The tiles are slower than the rows**: the tile does not stay in registers. It has more rows than they
  //   hold, or the loop over its rows was not unrolled.
  // - **`versions_that_differ` is not 0**: an index is wrong, or c was not set to zero before something was
  //   added to it. Rounding cannot be the reason: with these whole numbers any order gives the same bits.
  //   With other factors the last bits may differ.
  //
  // ## Exercise
  //
  // Try: give version 3 blocks of 8 rows and of 512, and explain both results with the sizes of your caches
  // (`lscpu`). Then let version 4 copy each panel of b to where its rows stand one after the other, and
  // measure with matrices of 1024, where rows are 4096 bytes apart, and of 1040. When does packing pay?
  //
  // ## For the lecturer
  //
  // @lesson{25}
  //
  // Afterwards the class should be able to say for each version what the processor waits for. Stop after
  // version 1 and collect what could be wrong with it; stop again before the rows of a tile are counted.
  //
  // - **Before running: which of the versions 1 to 4 does the fewest operations?** None: all do
  //   \f$ 2 M N K \f$. For 768 rows and columns that is 905,969,664. What differs is how often a number is
  //   fetched and stored.
  // - **Versions 1 and 2 add the products of each element in the same order. Where can a difference in speed
  //   come from?** Version 2 reads and writes along rows, so it uses every number of a cache line. Its
  //   innermost loop works on elements that do not wait for each other, which fill whole registers.
  // - **Before running: how many loads for each multiply-add does a tile of 4 rows need, and one with ever
  //   more rows?** 1/2 + 1/4 = 3/4, and 1/2 in the limit: each number of a is loaded for two multiply-adds,
  //   however many rows there are.
  // - **How many rows fit when a processor has 16 registers?** 2 R + 3 must not exceed 16, so R is at most 6.
  // - **A common belief: fast code is less exact. Why can this page compare the last bit, and what may differ
  //   with other factors?** Sums of products of whole numbers from -4 to 4 stay at or below
  //   768 x 16 = 12,288, and a float holds every whole number up to \f$ 2^{24} \f$ exactly. With other
  //   factors another order of addition rounds differently, which need not be worse.
  //
  // ## Next
  //
  // Products are most of a training, but not all of it. Next is @ref tutorial_07_layer_of_your_own; the page @ref speed
  // goes on with the rest of the time.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "A fast product: loop order, blocks, registers", fast_product);
}
