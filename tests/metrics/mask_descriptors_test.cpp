// # Describing a hole
//
// Stripes and squares have closed forms. With width w a stripe inside the frame has 2 sides of 28 pixels and 28 w
// pixels: 2 / w. A square of side s has 4 s sides: 4 / s. A missing pixel i columns from the left edge of a stripe
// (i = 1 ... w) is min(i, w + 1 - i) from a known one. Irregular holes are checked against brute force.

#include "mend/metrics/mask_descriptors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

MaskDescriptors describe_rectangle(std::size_t row, std::size_t column, std::size_t height,
                                   std::size_t width) {
  Mask mask(1, 28, 28);
  mask.cut(0, row, column, height, width);
  return describe_masks(mask, Tensor<float>({1, 784}, 1.0f))[0];
}

}  // namespace

TEST(DescribeMasks, OfStripesInsideTheFrame) {
  for (const std::size_t w : {1u, 3u, 8u, 21u}) {
    double distance = 0;
    for (std::size_t i = 1; i <= w; ++i) distance += static_cast<double>(std::min(i, w + 1 - i));
    for (const bool vertical : {true, false}) {
      const MaskDescriptors d = vertical ? describe_rectangle(0, 3, 28, w) : describe_rectangle(3, 0, w, 28);
      const auto width = static_cast<double>(w);
      EXPECT_NEAR(d.area, width / 28, 1e-15);
      EXPECT_NEAR(d.perimeter_to_area, 2 / width, 1e-15);
      EXPECT_NEAR(d.mean_distance, distance / width, 1e-13);
      EXPECT_EQ(d.largest_distance, static_cast<double>((w + 1) / 2));
      EXPECT_NEAR(d.hidden_ink, width / 28, 1e-15) << "of a white image";
    }
  }
}

// The frame is not known: one side is left, and the far column is w away.
TEST(DescribeMasks, OfAStripeAtTheBorder) {
  for (const std::size_t column : {0u, 22u}) {
    const MaskDescriptors d = describe_rectangle(0, column, 28, 6);
    EXPECT_NEAR(d.perimeter_to_area, 1.0 / 6, 1e-15);
    EXPECT_NEAR(d.mean_distance, 3.5, 1e-14);
    EXPECT_EQ(d.largest_distance, 6);
  }
}

// In a square the nearest known pixel lies straight across the nearest side. Side 5: 16 pixels at 1, 8 at 2, 1 at 3.
TEST(DescribeMasks, OfASquareInsideTheFrameAndInACorner) {
  const MaskDescriptors inside = describe_rectangle(10, 7, 5, 5);
  EXPECT_NEAR(inside.area, 25.0 / 784, 1e-15);
  EXPECT_NEAR(inside.perimeter_to_area, 4.0 / 5, 1e-15);
  EXPECT_NEAR(inside.mean_distance, (16 * 1 + 8 * 2 + 3) / 25.0, 1e-14);
  EXPECT_EQ(inside.largest_distance, 3);
  const MaskDescriptors corner = describe_rectangle(0, 23, 5, 5);
  EXPECT_NEAR(corner.perimeter_to_area, 2.0 / 5, 1e-15);
  EXPECT_NEAR(corner.mean_distance, (9 * 1 + 7 * 2 + 5 * 3 + 3 * 4 + 5) / 25.0, 1e-14);
  EXPECT_EQ(corner.largest_distance, 5);
}

// Here the nearest known pixel lies diagonally: all is missing but one corner.
TEST(DescribeMasks, MeasuresDistancesDiagonally) {
  Mask mask(1, 4, 5);
  mask.cut(0, 0, 0, 4, 5);
  Mask all_but_one(1, 4, 5);
  all_but_one.cut(0, 0, 1, 1, 4);
  all_but_one.cut(0, 1, 0, 3, 5);
  const Tensor<float> image({1, 20}, 1.0f);
  EXPECT_EQ(describe_masks(all_but_one, image)[0].largest_distance, 5);  // 3, 4, 5
  EXPECT_EQ(describe_masks(mask, image)[0].largest_distance, std::numeric_limits<double>::infinity());
  EXPECT_EQ(describe_masks(mask, image)[0].perimeter_to_area, 0);
}

TEST(DescribeMasks, OfIrregularHolesIsBruteForce) {
  Random random(1);
  const std::size_t n = 70, height = 9, width = 12;
  Mask mask(n, height, width);
  Tensor<float> images({n, height * width});
  for (float& pixel : images) pixel = static_cast<float>(random.uniform());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t p = 0; p < height * width; ++p)
      if (random.below(8) < 1 + i % 7) mask.cut(i, p / width, p % width, 1, 1);
  const std::vector<MaskDescriptors> described = describe_masks(mask, images);
  for (std::size_t i = 0; i < n; ++i) {
    const auto missing = [&](std::size_t r, std::size_t c) { return mask.hole()(i, r * width + c) != 0; };
    double pixels = 0, sides = 0, distances = 0, largest = 0, hidden = 0, ink = 0;
    for (std::size_t r = 0; r < height; ++r)
      for (std::size_t c = 0; c < width; ++c) {
        ink += images(i, r * width + c);
        if (!missing(r, c)) continue;
        hidden += images(i, r * width + c);
        pixels += 1;
        sides += (r > 0 && !missing(r - 1, c)) + (r + 1 < height && !missing(r + 1, c)) +
                 (c > 0 && !missing(r, c - 1)) + (c + 1 < width && !missing(r, c + 1));
        double nearest = 1e9;
        for (std::size_t y = 0; y < height; ++y)
          for (std::size_t x = 0; x < width; ++x)
            if (!missing(y, x))
              nearest = std::min(nearest, std::hypot(static_cast<double>(y) - static_cast<double>(r),
                                                     static_cast<double>(x) - static_cast<double>(c)));
        distances += nearest;
        largest = std::max(largest, nearest);
      }
    EXPECT_NEAR(described[i].area, pixels / static_cast<double>(height * width), 1e-15);
    EXPECT_NEAR(described[i].perimeter_to_area, sides / pixels, 1e-14);
    EXPECT_NEAR(described[i].mean_distance, distances / pixels, 1e-13);
    EXPECT_NEAR(described[i].largest_distance, largest, 1e-14);
    EXPECT_NEAR(described[i].hidden_ink, hidden / ink, 1e-14);
  }
}

TEST(DescribeMasks, OfNothingMissingAndOfABlackImageIsZero) {
  const MaskDescriptors nothing = describe_masks(Mask(1, 28, 28), Tensor<float>({1, 784}, 1.0f))[0];
  EXPECT_EQ(nothing.area, 0);
  EXPECT_EQ(nothing.perimeter_to_area, 0);
  EXPECT_EQ(nothing.mean_distance, 0);
  EXPECT_EQ(nothing.largest_distance, 0);
  EXPECT_EQ(nothing.hidden_ink, 0);
  Mask mask(1, 28, 28);
  mask.cut(0, 0, 0, 28, 14);
  EXPECT_EQ(describe_masks(mask, Tensor<float>({1, 784}))[0].hidden_ink, 0);
  EXPECT_TRUE(describe_masks(Mask(0, 28, 28), Tensor<float>({0, 784})).empty());
}

TEST(DescribeMasks, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              describe_masks(Mask(2, 28, 28), Tensor<float>({1, 784}));
            }),
            "describe_masks: images and mask: (1, 784) and (2, 784) must be the same shape");
}
