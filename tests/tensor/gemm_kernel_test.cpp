#include "mend/tensor/gemm_kernel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "mend/tensor/gemm.hpp"
#include "mend/tensor/random.hpp"

using namespace mend;

namespace {

std::vector<const ProductKernel*> that_run() {
  std::vector<const ProductKernel*> all;
  if (can_run(Kernels::avx2)) all.push_back(avx2_kernel());
  if (can_run(Kernels::avx512)) all.push_back(avx512_kernel());
  return all;
}

std::vector<float> whole_numbers(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> all(count);
  for (float& v : all) v = static_cast<float>(random.between(0, 8)) - 4;
  return all;
}

constexpr std::size_t stride = 50;  // of the matrices that strips and panels are cut from

}  // namespace

TEST(ProductKernel, HasTilesThatFitTheRegisters) {
  if (can_run(Kernels::avx2)) {
    EXPECT_EQ(avx2_kernel()->rows, 6u);
    EXPECT_EQ(avx2_kernel()->columns, 16u);
  }
  if (can_run(Kernels::avx512)) {
    EXPECT_EQ(avx512_kernel()->rows, 12u);
    EXPECT_EQ(avx512_kernel()->columns, 32u);
  }
}

// The element (k, j) of a panel is at k * columns + j, whichever way B is stored; zeros stand beside a narrow one.
TEST(ProductKernel, PacksPanels) {
  for (const ProductKernel* kernel : that_run())
    for (const bool flip : {false, true})
      for (const std::size_t depth : {1u, 4u, 7u, 21u})
        for (std::size_t count = 1; count <= kernel->columns; ++count) {
          const std::vector<float> b = whole_numbers(stride * stride, 1);
          std::vector<float> panel(depth * kernel->columns, -99);
          kernel->pack_panel(flip, count, depth, b.data(), stride, panel.data());
          for (std::size_t k = 0; k < depth; ++k)
            for (std::size_t j = 0; j < kernel->columns; ++j)
              ASSERT_EQ(panel[k * kernel->columns + j], j >= count ? 0
                                                        : flip     ? b[j * stride + k]
                                                                   : b[k * stride + j])
                  << "flip " << flip << ", depth " << depth << ", count " << count;
        }
}

// One tile alone, for every number of rows and columns: exact, and not a number of C beside it is touched.
TEST(ProductKernel, MultipliesATileAndWritesNothingElse) {
  constexpr std::size_t depth = 9;
  for (const ProductKernel* kernel : that_run())
    for (const bool flip : {false, true})
      for (const bool add : {false, true})
        for (std::size_t rows = 1; rows <= kernel->rows; ++rows)
          for (std::size_t columns = 1; columns <= kernel->columns; ++columns) {
            const std::vector<float> a = whole_numbers(stride * stride, 2),
                                     b = whole_numbers(stride * stride, 3),
                                     before = whole_numbers(stride * stride, 4);
            std::vector<float> strip(kernel->rows * strip_stride), panel(depth * kernel->columns), c = before;
            kernel->pack_strip(flip, rows, depth, a.data(), stride, strip.data());
            kernel->pack_panel(false, columns, depth, b.data(), stride, panel.data());
            kernel->multiply(flip, rows, columns, depth, strip.data(), strip_stride, panel.data(),
                             kernel->columns, add, c.data(), stride);
            for (std::size_t i = 0; i < stride; ++i)
              for (std::size_t j = 0; j < stride; ++j) {
                float expected = before[i * stride + j];
                if (i < rows && j < columns) {
                  if (!add) expected = 0;
                  for (std::size_t k = 0; k < depth; ++k)
                    expected += (flip ? a[k * stride + i] : a[i * stride + k]) * b[k * stride + j];
                }
                ASSERT_EQ(c[i * stride + j], expected) << rows << " x " << columns << ", flip " << flip
                                                       << ", add " << add << " at " << i << ", " << j;
              }
          }
}
