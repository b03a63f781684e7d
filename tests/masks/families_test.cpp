#include "mend/masks/families.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;
using enum MaskFamily;

namespace {

/// The one rectangle that a mask cuts out of an image, and whether it is one.
struct Hole {
  std::size_t row = 0, column = 0, height = 0, width = 0;
};

Hole hole_of(const Mask& mask, std::size_t image) {
  std::size_t top = mask.height(), left = mask.width(), bottom = 0, right = 0, pixels = 0;
  for (std::size_t i = 0; i < mask.height(); ++i)
    for (std::size_t j = 0; j < mask.width(); ++j)
      if (mask.hole()(image, i * mask.width() + j) != 0) {
        top = std::min(top, i);
        left = std::min(left, j);
        bottom = std::max(bottom, i + 1);
        right = std::max(right, j + 1);
        ++pixels;
      }
  EXPECT_EQ(pixels, (bottom - top) * (right - left)) << "no rectangle";
  return {top, left, bottom - top, right - left};
}

// The n places drawn are 0 to places - 1, about equally often: chi-square lies within five of its deviations.
void expect_uniform(const std::map<std::size_t, int>& counts, std::size_t places, double n) {
  EXPECT_EQ(counts.size(), places);
  EXPECT_EQ(counts.begin()->first, 0u);
  EXPECT_EQ(counts.rbegin()->first, places - 1);
  const double expected = n / static_cast<double>(places), degrees = static_cast<double>(places) - 1;
  double chi_square = 0;
  for (const auto& [place, count] : counts) chi_square += std::pow(count - expected, 2) / expected;
  EXPECT_LT(chi_square, degrees + 5 * std::sqrt(2 * degrees));
}

}  // namespace

TEST(MaskFamily, HasAName) {
  EXPECT_EQ(to_string(vertical_stripe), "vertical stripe");
  EXPECT_EQ(to_string(horizontal_stripe), "horizontal stripe");
  EXPECT_EQ(to_string(patch), "patch");
  EXPECT_THROW(to_string(static_cast<MaskFamily>(7)), Error);
}

TEST(DrawMasks, CutsExactlyTheSizeOutOfEachImage) {
  Random random(1);
  for (const std::size_t size : {1, 3, 15, 21, 28})
    for (const MaskFamily family : {vertical_stripe, horizontal_stripe, patch}) {
      const Mask mask = draw_masks(family, size, 20, random);
      for (std::size_t n = 0; n < 20; ++n) {
        const Hole hole = hole_of(mask, n);
        EXPECT_EQ(hole.height, family == vertical_stripe ? 28 : size);
        EXPECT_EQ(hole.width, family == horizontal_stripe ? 28 : size);
      }
      const double expected = static_cast<double>(size * (family == patch ? size : 28)) / 784;
      EXPECT_DOUBLE_EQ(mask.hole_share(), expected);
    }
}

TEST(DrawMasks, PlacesStripesUniformlyIncludingBothEnds) {
  Random random(2);
  constexpr std::size_t n = 13'000;
  const Mask vertical = draw_masks(vertical_stripe, 3, n, random),
             horizontal = draw_masks(horizontal_stripe, 3, n, random);
  std::map<std::size_t, int> columns, rows;
  for (std::size_t i = 0; i < n; ++i) {
    ++columns[hole_of(vertical, i).column];
    ++rows[hole_of(horizontal, i).row];
  }
  expect_uniform(columns, 26, n);
  expect_uniform(rows, 26, n);
}

TEST(DrawMasks, PlacesPatchesUniformlyIncludingAllCorners) {
  Random random(3);
  constexpr std::size_t n = 13'000;
  const Mask mask = draw_masks(patch, 25, n, random);
  std::map<std::size_t, int> places;  // 4 rows times 4 columns
  for (std::size_t i = 0; i < n; ++i) {
    const Hole hole = hole_of(mask, i);
    ++places[hole.row * 4 + hole.column];
  }
  expect_uniform(places, 16, n);
}

TEST(DrawMasks, FitsFramesThatAreNotSquare) {
  Random random(4);
  EXPECT_DOUBLE_EQ(draw_masks(vertical_stripe, 2, 3, random, 5, 8).hole_share(), 2.0 / 8);
  EXPECT_DOUBLE_EQ(draw_masks(horizontal_stripe, 2, 3, random, 5, 8).hole_share(), 2.0 / 5);
  EXPECT_DOUBLE_EQ(draw_masks(patch, 5, 3, random, 5, 8).hole_share(), 25.0 / 40);
  EXPECT_DOUBLE_EQ(draw_masks(vertical_stripe, 8, 3, random, 5, 8).hole_share(), 1);
  EXPECT_EQ(draw_masks(patch, 3, 0, random).images(), 0u);
}

TEST(DrawMasks, SaysWhichSizesFit) {
  Random random(5);
  EXPECT_EQ(message_of<Error>([&] { draw_masks(patch, 0, 1, random); }),
            "draw_masks: expected a patch of 1 to 28 pixels in images of 28 x 28, found 0");
  EXPECT_EQ(message_of<Error>([&] { draw_masks(vertical_stripe, 9, 1, random, 5, 8); }),
            "draw_masks: expected a vertical stripe of 1 to 8 pixels in images of 5 x 8, found 9");
  EXPECT_THROW(draw_masks(horizontal_stripe, 6, 1, random, 5, 8), Error);
  EXPECT_THROW(draw_masks(patch, 6, 1, random, 5, 8), Error);
}

TEST(DrawMasks, AreTheSameForTheSameStream) {
  Random a(6, "masks"), b(6, "masks"), other(7, "masks");
  const Mask mask = draw_masks(patch, 9, 50, a);
  EXPECT_EQ(mask.hole(), draw_masks(patch, 9, 50, b).hole());
  EXPECT_NE(mask.hole(), draw_masks(patch, 9, 50, other).hole());
}

TEST(DrawAssignmentMasks, MixesTheFamiliesAndAllTheirSizes) {
  Random random(8);
  constexpr std::size_t n = 30'000;
  const Mask mask = draw_assignment_masks(n, random);
  std::map<std::size_t, int> vertical, horizontal, squares;
  for (std::size_t i = 0; i < n; ++i) {
    const Hole hole = hole_of(mask, i);
    if (hole.height == 28)
      ++vertical[hole.width - 3];
    else if (hole.width == 28)
      ++horizontal[hole.height - 3];
    else {
      ASSERT_EQ(hole.height, hole.width);
      ++squares[hole.width - 5];
    }
  }
  const auto count = [](const std::map<std::size_t, int>& sizes) {
    int total = 0;
    for (const auto& [size, times] : sizes) total += times;
    return total;
  };
  for (const auto* sizes : {&vertical, &horizontal, &squares})
    EXPECT_NEAR(count(*sizes), n / 3.0, 5 * std::sqrt(n * 2.0 / 9));
  expect_uniform(vertical, 14, count(vertical));      // widths 3 to 16
  expect_uniform(horizontal, 14, count(horizontal));  // widths 3 to 16
  expect_uniform(squares, 11, count(squares));        // sides 5 to 15
}

TEST(DrawAssignmentMasks, SaysWhenAFrameIsTooSmall) {
  Random random(9);
  EXPECT_EQ(message_of<Error>([&] { draw_assignment_masks(1, random, 15, 28); }),
            "draw_assignment_masks: expected images of at least 16 x 16 pixels, found 15 x 28");
  EXPECT_EQ(draw_assignment_masks(7, random, 16, 16).images(), 7u);
}
