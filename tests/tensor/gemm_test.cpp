#include "mend/tensor/gemm.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "mend/tensor/error.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

std::vector<Kernels> that_run() {
  std::vector<Kernels> all;
  for (const Kernels kernels : {Kernels::openblas, Kernels::avx2, Kernels::avx512})
    if (can_run(kernels)) all.push_back(kernels);
  return all;
}

// Small whole numbers: every product and sum is exact in float, whatever the order, so that kernels must agree to the
// last bit with three loops.
Tensor<float> whole_numbers(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.between(0, 8)) - 4; });
}

Tensor<float> real_numbers(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.uniform(-1, 1)); });
}

struct Case {
  Flip flip_a, flip_b;
  std::size_t m, n, k;
  bool add;
};

Tensor<float> by_three_loops(const Case& p, const Tensor<float>& a, const Tensor<float>& b, Tensor<float> c) {
  for (std::size_t i = 0; i < p.m; ++i)
    for (std::size_t j = 0; j < p.n; ++j) {
      double sum = p.add ? c(i, j) : 0.0;
      for (std::size_t l = 0; l < p.k; ++l)
        sum += static_cast<double>(p.flip_a == Flip::none ? a[i * p.k + l] : a[l * p.m + i]) *
               (p.flip_b == Flip::none ? b[l * p.n + j] : b[j * p.k + l]);
      c(i, j) = static_cast<float>(sum);
    }
  return c;
}

Tensor<float> by_gemm(const Case& p, const Tensor<float>& a, const Tensor<float>& b, Tensor<float> c) {
  gemm(p.flip_a, p.flip_b, p.m, p.n, p.k, a.data(), b.data(), p.add, c.data());
  return c;
}

// Every flip, written and added.
template <class F>
void for_each_way(std::size_t m, std::size_t n, std::size_t k, F f) {
  for (const Flip flip_a : {Flip::none, Flip::transpose})
    for (const Flip flip_b : {Flip::none, Flip::transpose})
      for (const bool add : {false, true}) f(Case{flip_a, flip_b, m, n, k, add});
}

std::string text_of(const Case& p) {
  return std::to_string(p.m) + " x " + std::to_string(p.n) + " x " + std::to_string(p.k) +
         (p.flip_a == Flip::none ? "" : ", A flipped") + (p.flip_b == Flip::none ? "" : ", B flipped") +
         (p.add ? ", added" : "");
}

class Gemm : public testing::Test {
 protected:
  ~Gemm() override {
    set_kernels(kernels_);
    set_threads(threads_);
  }
  Kernels kernels_ = kernels();
  std::size_t threads_ = threads();
};

}  // namespace

// Around every edge that the kernels have: strips of 6 and 12 rows, registers of 8 and 16 numbers, panels of 16 and 32
// columns, sums of at most 256, blocks of 480 rows.
TEST_F(Gemm, IsExactForAllShapesAroundTheEdges) {
  Random random(1);
  const std::vector<std::array<std::size_t, 3>> large{
      {128, 256, 784}, {784, 256, 128}, {128, 128, 256}, {97, 784, 128},  {1, 784, 784},
      {128, 784, 2},   {500, 40, 257},  {961, 33, 513},  {20, 1024, 300}, {13, 17, 1030}};
  std::vector<std::array<std::size_t, 3>> shapes = large;
  for (const std::size_t m : {1u, 2u, 5u, 6u, 7u, 11u, 12u, 13u, 25u})
    for (const std::size_t n : {1u, 2u, 7u, 8u, 15u, 16u, 17u, 31u, 32u, 33u, 48u, 65u})
      for (const std::size_t k : {1u, 3u, 4u, 5u, 16u, 33u}) shapes.push_back({m, n, k});
  for (const auto& shape : shapes) {
    const std::size_t m = shape[0], n = shape[1], k = shape[2];  // names that clang 14 lets a lambda take
    for_each_way(m, n, k, [&](const Case& p) {
      const Tensor<float> a = whole_numbers({m * k}, random), b = whole_numbers({k * n}, random),
                          c = whole_numbers({m, n}, random), expected = by_three_loops(p, a, b, c);
      for (const Kernels kernels : that_run()) {
        set_kernels(kernels);
        EXPECT_EQ(by_gemm(p, a, b, c), expected) << to_string(kernels) << ": " << text_of(p);
      }
    });
  }
}

// A float sum of k terms is off by at most k roundings of the sum of their sizes (Higham 2002, section 3.1).
TEST_F(Gemm, IsAsExactAsASumOfFloatsCanBe) {
  Random random(2);
  constexpr std::size_t m = 60, n = 100, k = 784;
  for_each_way(m, n, k, [&](const Case& p) {
    const Tensor<float> a = real_numbers({m * k}, random), b = real_numbers({k * n}, random),
                        c = real_numbers({m, n}, random);
    const auto size = [](float v) { return std::abs(v); };
    const Tensor<float> exact = by_three_loops(p, a, b, c),
                        sizes = by_three_loops(p, map(a, size), map(b, size), map(c, size));
    for (const Kernels kernels : that_run()) {
      set_kernels(kernels);
      const Tensor<float> found = by_gemm(p, a, b, c);
      for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_NEAR(found[i], exact[i], (k + 1) * std::numeric_limits<float>::epsilon() * sizes[i])
            << to_string(kernels) << ": " << text_of(p) << " at " << i;
    }
  });
}

TEST_F(Gemm, HasTheSameBitsForAnyNumberOfThreads) {
  Random random(3);
  for (const auto& shape : {std::array<std::size_t, 3>{128, 784, 128}, {784, 256, 128}, {500, 50, 300}}) {
    const std::size_t m = shape[0], n = shape[1], k = shape[2];
    for_each_way(m, n, k, [&](const Case& p) {
      const Tensor<float> a = real_numbers({m * k}, random), b = real_numbers({k * n}, random),
                          c = real_numbers({m, n}, random);
      for (const Kernels kernels : that_run()) {
        set_kernels(kernels);
        set_threads(1);
        const Tensor<float> alone = by_gemm(p, a, b, c);
        for (const std::size_t count : {2u, 3u, 7u}) {
          set_threads(count);
          EXPECT_EQ(by_gemm(p, a, b, c), alone)
              << to_string(kernels) << ": " << text_of(p) << ", threads " << count;
        }
      }
    });
  }
}

// Our own kernels: an image is restored to the same bits alone and among others.
TEST_F(Gemm, OwnRowsDoNotDependOnTheOtherRows) {
  Random random(4);
  const Tensor<float> x = real_numbers({100, 300}, random), w = real_numbers({300, 70}, random);
  for (const Kernels kernels : that_run()) {
    if (kernels == Kernels::openblas) continue;
    set_kernels(kernels);
    const Tensor<float> together = matmul(x, w);
    for (const std::size_t i : {0u, 37u, 99u})
      EXPECT_EQ(matmul(slice_rows(x, i, 1), w), slice_rows(together, i, 1))
          << to_string(kernels) << " row " << i;
  }
}

// Overwriting C means that it does not matter what was there; a NaN in A spoils its row and nothing else.
TEST_F(Gemm, OverwritesWhatWasThereAndKeepsNanInItsRow) {
  Random random(5);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const Kernels kernels : that_run()) {
    set_kernels(kernels);
    Tensor<float> a = whole_numbers({30, 40}, random);
    const Tensor<float> b = whole_numbers({40, 50}, random);
    const Case p{Flip::none, Flip::none, 30, 50, 40, false};
    const Tensor<float> clean = by_gemm(p, a, b, Tensor<float>({30, 50}));
    EXPECT_EQ(by_gemm(p, a, b, Tensor<float>({30, 50}, nan)), clean) << to_string(kernels);
    a(7, 39) = nan;
    const Tensor<float> spoilt = by_gemm(p, a, b, Tensor<float>({30, 50}));
    for (std::size_t i = 0; i < 30; ++i)
      for (std::size_t j = 0; j < 50; ++j) {
        if (i == 7)
          EXPECT_TRUE(std::isnan(spoilt(i, j)));
        else
          EXPECT_EQ(spoilt(i, j), clean(i, j));
      }
  }
}

TEST_F(Gemm, KnowsItsKernels) {
  EXPECT_TRUE(can_run(Kernels::openblas));
  EXPECT_EQ(to_string(Kernels::avx512), "avx512");
  for (const Kernels k : {Kernels::openblas, Kernels::avx2, Kernels::avx512}) {
    if (can_run(k)) {
      set_kernels(k);
      EXPECT_EQ(kernels(), k);
    } else {
      EXPECT_EQ(message_of<Error>([&] { set_kernels(k); }),
                "set_kernels: " + to_string(k) + " cannot run on this processor; openblas always can");
    }
  }
}
