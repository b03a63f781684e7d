#include "mend/baselines/harmonic_fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<float> uniform(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.uniform()); });
}

}  // namespace

// A slope is harmonic: each pixel is the mean of its four neighbours.
TEST(HarmonicFill, ContinuesASlopeThroughAHoleInside) {
  Tensor<float> slope({1, 80});
  for (std::size_t y = 0; y < 8; ++y)
    for (std::size_t x = 0; x < 10; ++x)
      slope[y * 10 + x] = 0.1f + 0.05f * static_cast<float>(x) + 0.03f * static_cast<float>(y);
  Mask mask(1, 8, 10);
  mask.cut(0, 1, 1, 5, 4);
  mask.cut(0, 3, 2, 4, 7);
  const Tensor<float> u = harmonic_fill(damage(slope, mask), mask);
  for (std::size_t p = 0; p < 80; ++p) EXPECT_NEAR(u[p], slope[p], 1e-7) << p;
}

// At the frame the missing neighbour says nothing, so a stripe to the border is flat across: known on one side only,
// it copies the column beside it, whose pixels are equal here.
TEST(HarmonicFill, IsFlatTowardsTheBorder) {
  Mask mask(1, 5, 6);
  mask.cut(0, 0, 4, 5, 2);
  Tensor<float> x({1, 30}, 0.25f);
  for (std::size_t y = 0; y < 5; ++y) x[y * 6 + 3] = 0.75f;
  const Tensor<float> u = harmonic_fill(damage(x, mask), mask);
  for (std::size_t y = 0; y < 5; ++y) {
    EXPECT_NEAR(u[y * 6 + 4], 0.75, 1e-7);
    EXPECT_NEAR(u[y * 6 + 5], 0.75, 1e-7);
  }
}

TEST(HarmonicFill, IsTheMeanOfTheNeighboursThatExist) {
  Random random(1);
  const std::size_t side = 28;
  const Mask mask = draw_assignment_masks(20, random);
  const Tensor<float> x = uniform({20, side * side}, random), u = harmonic_fill(damage(x, mask), mask);
  for (std::size_t n = 0; n < 20; ++n)
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < side; ++j) {
        if (mask.hole()(n, i * side + j) == 0) {
          ASSERT_EQ(u(n, i * side + j), x(n, i * side + j));
          continue;
        }
        double total = 0;
        int neighbours = 0;
        const auto add = [&](std::size_t row, std::size_t column) {
          if (row >= side || column >= side) return;  // also for -1, which wraps around
          total += u(n, row * side + column);
          ++neighbours;
        };
        add(i - 1, j), add(i + 1, j), add(i, j - 1), add(i, j + 1);
        ASSERT_NEAR(u(n, i * side + j), total / neighbours, 1e-6) << n << ": " << i << ", " << j;
      }
}

// The maximum principle, for pixels from 0.25 to 0.75.
TEST(HarmonicFill, NeverLeavesTheRangeOfTheKnownPixels) {
  Random random(2);
  const Mask mask = draw_assignment_masks(50, random);
  const Tensor<float> x = map(uniform({50, 784}, random), [](float v) { return v < 0.5f ? 0.25f : 0.75f; });
  const Tensor<float> u = harmonic_fill(damage(x, mask, 5), mask);
  EXPECT_GE(*std::min_element(u.begin(), u.end()), 0.25f);
  EXPECT_LE(*std::max_element(u.begin(), u.end()), 0.75f);
}

TEST(HarmonicFill, OfAnImageWithoutKnownPixelsIsBlack) {
  Mask mask(1, 3, 3);
  mask.cut(0, 0, 0, 3, 3);
  EXPECT_EQ(harmonic_fill(Tensor<float>({1, 9}, 0.5f), mask), Tensor<float>({1, 9}));
}

TEST(HarmonicFill, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              harmonic_fill(Tensor<float>({1, 4}), Mask(2, 2, 2));
            }),
            "harmonic_fill: damaged images and mask: (1, 4) and (2, 4) must be the same shape");
}
