#include "mend/masks/fill_hole.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "mend/masks/families.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<float> random_images(std::size_t images, std::size_t pixels, Random& random) {
  return map(Tensor<float>({images, pixels}), [&](float) { return static_cast<float>(random.uniform()); });
}

// What a fill may not look at is not a number.
Tensor<float> broken(const Tensor<float>& images, const Mask& mask) {
  return damage(images, mask, std::numeric_limits<float>::quiet_NaN());
}

}  // namespace

TEST(FillWithMean, TakesTheMeanInTheHoleAndNowhereElse) {
  Random random(1);
  const Tensor<float> images = random_images(5, 784, random),
                      mean = random_images(1, 784, random).reshaped({784});
  const Mask mask = draw_masks(MaskFamily::brush, 4, 5, random);
  const Tensor<float> filled = fill_with_mean(broken(images, mask), mask, mean);
  for (std::size_t i = 0; i < images.size(); ++i)
    EXPECT_EQ(filled[i], mask.hole()[i] != 0 ? mean[i % 784] : images[i]);
}

// The moments of the uniform distribution on [0, 1]: mean 1/2, variance 1/12.
TEST(FillWithNoise, IsUniformInTheHoleAndNowhereElse) {
  Random random(2);
  const Tensor<float> images({200, 784}, 0.25f);
  const Mask mask = draw_masks(MaskFamily::patch, 20, 200, random);
  const Tensor<float> filled = fill_with_noise(broken(images, mask), mask, random);
  double count = 0, mean = 0, variance = 0;
  std::map<int, double> tenths;
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (mask.hole()[i] == 0) {
      EXPECT_EQ(filled[i], 0.25f);
      continue;
    }
    ASSERT_TRUE(filled[i] >= 0 && filled[i] <= 1);
    count += 1;
    mean += filled[i];
    variance += std::pow(filled[i] - 0.5, 2);
    ++tenths[std::min(9, static_cast<int>(10 * filled[i]))];
  }
  EXPECT_EQ(count, 200 * 400);
  EXPECT_NEAR(mean / count, 0.5, 5 * std::sqrt(1 / 12.0 / count));
  EXPECT_NEAR(variance / count, 1 / 12.0, 5 * std::sqrt(1 / 180.0 / count));
  for (const auto& [tenth, times] : tenths)
    EXPECT_NEAR(times / count, 0.1, 5 * std::sqrt(0.09 / count)) << tenth;
}

TEST(FillWithNoise, DrawsForMissingPixelsOnly) {
  Random a(3), b(3);
  fill_with_noise(Tensor<float>({2, 16}), Mask(2, 4, 4), a);
  EXPECT_EQ(a.bits(), b.bits());
}

TEST(FillWithEdge, GrowsTheEdgeOfAnExampleInwards) {
  Mask mask(1, 4, 5);
  mask.cut(0, 1, 1, 3, 3);
  const Tensor<float> image({1, 20}, {.01f, .02f, .03f, .04f, .05f,  //
                                      .06f, -1,   -1,   -1,   .10f,  //
                                      .11f, -1,   -1,   -1,   .15f,  //
                                      .16f, -1,   -1,   -1,   .20f});
  // Above and left of the first missing pixel are as near; above comes first in reading order. The one in the middle
  // has .03, .11 and .15 two away, and takes the first.
  const Tensor<float> filled({1, 20}, {.01f, .02f, .03f, .04f, .05f,  //
                                       .06f, .02f, .03f, .04f, .10f,  //
                                       .11f, .11f, .03f, .15f, .15f,  //
                                       .16f, .16f, .16f, .20f, .20f});
  EXPECT_EQ(fill_with_edge(image, mask), filled);
}

TEST(FillWithEdge, AgreesWithASearchOfAllKnownPixels) {
  Random random(4);
  constexpr int height = 11, width = 9;
  for (const auto& [family, size] :
       {std::pair{MaskFamily::scattered, 90}, {MaskFamily::centre, 7}, {MaskFamily::half, 6}}) {
    constexpr std::size_t n = 20;
    const Tensor<float> images = random_images(n, height * width, random);
    const Mask mask = draw_masks(family, static_cast<std::size_t>(size), n, random, height, width);
    const Tensor<float> filled = fill_with_edge(broken(images, mask), mask);
    for (std::size_t i = 0; i < n; ++i)
      for (int pixel = 0; pixel < height * width; ++pixel) {
        int best = -1, nearest = 1'000;
        for (int other = 0; other < height * width; ++other) {
          const int down = other / width - pixel / width, right = other % width - pixel % width;
          if (mask.hole()(i, other) == 0 && down * down + right * right < nearest) {
            nearest = down * down + right * right;
            best = other;
          }
        }
        EXPECT_EQ(filled(i, pixel), images(i, best)) << to_string(family) << ", pixel " << pixel;
      }
  }
}

TEST(FillWithEdge, LeavesAnImageWithoutKnownPixelsBlack) {
  Mask mask(2, 3, 3);
  mask.cut(0, 0, 0, 3, 3);
  Tensor<float> expected({2, 9}, 0.5f);
  std::fill_n(expected.begin(), 9, 0.0f);
  EXPECT_EQ(fill_with_edge(Tensor<float>({2, 9}, 0.5f), mask), expected);
}

TEST(Fills, SayWhichShapesDoNotFit) {
  const Mask mask(2, 4, 4);
  Random random(5);
  const Tensor<float> one({1, 16}), two({2, 16});
  EXPECT_EQ(message_of<ShapeError>([&] { fill_with_mean(one, mask, Tensor<float>({16})); }),
            "fill_with_mean: images and mask: (1, 16) and (2, 16) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { fill_with_mean(two, mask, one); }),
            "fill_with_mean: expected a mean of shape (16) for images of shape (2, 16), found (1, 16)");
  EXPECT_EQ(message_of<ShapeError>([&] { fill_with_noise(one, mask, random); }),
            "fill_with_noise: images and mask: (1, 16) and (2, 16) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { fill_with_edge(one, mask); }),
            "fill_with_edge: images and mask: (1, 16) and (2, 16) must be the same shape");
}
