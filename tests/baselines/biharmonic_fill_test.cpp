#include "mend/baselines/biharmonic_fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mend/baselines/harmonic_fill.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// An image of 10 x 12 pixels from a function of row and column.
template <class F>
Tensor<float> picture(F f) {
  Tensor<float> image({1, 120});
  for (std::size_t y = 0; y < 10; ++y)
    for (std::size_t x = 0; x < 12; ++x)
      image[y * 12 + x] = static_cast<float>(f(static_cast<double>(y), static_cast<double>(x)));
  return image;
}

// The energy as the header defines it: the squared Laplacians of all pixels.
double energy(const Tensor<float>& u, std::size_t height, std::size_t width) {
  double total = 0;
  for (std::size_t i = 0; i < height; ++i)
    for (std::size_t j = 0; j < width; ++j) {
      double laplacian = 0;
      const auto add = [&](std::size_t row, std::size_t column) {
        if (row < height && column < width)
          laplacian += static_cast<double>(u[i * width + j]) - u[row * width + column];
      };
      add(i - 1, j), add(i + 1, j), add(i, j - 1), add(i, j + 1);
      total += laplacian * laplacian;
    }
  return total;
}

}  // namespace

// The discrete Laplacian of a polynomial of the third degree is a slope, as that of the formula, and the Laplacian of
// a slope is 0.
TEST(BiharmonicFill, ContinuesCubicPolynomialsThroughAHoleInside) {
  Mask mask(1, 10, 12);
  mask.cut(0, 2, 2, 6, 5);
  mask.cut(0, 4, 3, 2, 7);
  for (const Tensor<float>&image :
       {picture([](double y, double x) { return 0.1 + 0.03 * x + 0.04 * y; }),
        picture([](double y, double x) { return 0.2 + 0.004 * x * x - 0.003 * x * y + 0.002 * y * y; }),
        picture([](double y, double x) {
          return 0.5 + 0.0005 * (x - 6) * (x - 6) * (x - 6) - 0.0008 * (x - 6) * (x - 6) * (y - 5);
        })}) {
    const Tensor<float> u = biharmonic_fill(damage(image, mask), mask);
    for (std::size_t p = 0; p < 120; ++p) EXPECT_NEAR(u[p], image[p], 1e-6) << p;
  }
}

// A stripe may touch the border at its ends, where nothing changes along it. The membrane goes straight across.
TEST(BiharmonicFill, ContinuesACubicAcrossAStripe) {
  const Tensor<float> image =
      picture([](double, double x) { return 0.5 + 0.004 * (x - 5) * (x - 5) * (x - 5) - 0.05 * (x - 5); });
  Mask mask(1, 10, 12);
  mask.cut(0, 0, 3, 10, 5);
  const Tensor<float> plate = biharmonic_fill(damage(image, mask), mask);
  const Tensor<float> membrane = harmonic_fill(damage(image, mask), mask);
  double worst = 0;
  for (std::size_t p = 0; p < 120; ++p) {
    EXPECT_NEAR(plate[p], image[p], 1e-6) << p;
    worst = std::max(worst, static_cast<double>(std::abs(membrane[p] - image[p])));
  }
  EXPECT_GT(worst, 0.02);
}

// The energy is a parabola of each missing pixel: at its least, a step up and a step down cost the same.
TEST(BiharmonicFill, HasTheLeastSumOfSquaredLaplacians) {
  Random random(1);
  Tensor<float> x =
      map(Tensor<float>({1, 56}), [&](float) { return static_cast<float>(random.uniform(0.4, 0.6)); });
  Mask mask(1, 7, 8);
  mask.cut(0, 0, 0, 3, 4);
  mask.cut(0, 2, 3, 3, 5);
  const Tensor<float> u = biharmonic_fill(x, mask);
  const float step = 0x1p-6f;
  for (std::size_t p = 0; p < 56; ++p) {
    if (mask.hole()[p] == 0) {
      EXPECT_EQ(u[p], x[p]);
      continue;
    }
    ASSERT_GT(u[p], 0) << "clipped";
    ASSERT_LT(u[p], 1) << "clipped";
    Tensor<float> up = u, down = u;
    up[p] += step;
    down[p] -= step;
    EXPECT_NEAR(energy(up, 7, 8), energy(down, 7, 8), 1e-6);
    EXPECT_GT(energy(up, 7, 8), energy(u, 7, 8));
  }
}

// 0, 0, 1, 1 | hole | 1, 1, 0, 0: the plate would bulge above 1.
TEST(BiharmonicFill, IsClippedToTheRangeOfImages) {
  const Tensor<float> image = picture([](double, double x) { return x >= 2 && x <= 9 ? 1 : 0; });
  Mask mask(1, 10, 12);
  mask.cut(0, 0, 4, 10, 4);
  const Tensor<float> u = biharmonic_fill(image, mask);
  for (std::size_t p = 0; p < 120; ++p) EXPECT_EQ(u[p], image[p]);
}

TEST(BiharmonicFill, OfAnImageWithoutKnownPixelsIsBlackAndWithOneIsFlat) {
  Mask mask(2, 4, 4);
  mask.cut(0, 0, 0, 4, 4);
  mask.cut(1, 0, 0, 3, 4);
  mask.cut(1, 3, 1, 1, 3);
  const Tensor<float> u = biharmonic_fill(Tensor<float>({2, 16}, 0.5f), mask);
  for (std::size_t p = 0; p < 16; ++p) {
    EXPECT_EQ(u(0, p), 0);
    EXPECT_NEAR(u(1, p), 0.5, 1e-6);
  }
}

TEST(BiharmonicFill, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              biharmonic_fill(Tensor<float>({1, 4}), Mask(2, 2, 2));
            }),
            "biharmonic_fill: damaged images and mask: (1, 4) and (2, 4) must be the same shape");
}
