#include "mend/masks/families.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "masks/checksum.hpp"
#include "mend/masks/letters.hpp"
#include "mend/masks/strokes.hpp"
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
  const float* hole = mask.hole().data() + image * mask.height() * mask.width();
  std::size_t top = mask.height(), left = mask.width(), bottom = 0, right = 0, pixels = 0;
  for (std::size_t i = 0; i < mask.height(); ++i)
    for (std::size_t j = 0; j < mask.width(); ++j)
      if (hole[i * mask.width() + j] != 0) {
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

int hidden_pixels(const Mask& mask, std::size_t image) {
  int count = 0;
  for (std::size_t i = 0; i < mask.hole().dim(1); ++i) count += mask.hole()(image, i) != 0;
  return count;
}

constexpr MaskFamily all_families[] = {vertical_stripe, horizontal_stripe, patch, scratches, brush, text,
                                       scattered,       every_second_line, half,  centre};

}  // namespace

TEST(MaskFamily, HasAName) {
  EXPECT_EQ(to_string(vertical_stripe), "vertical stripe");
  EXPECT_EQ(to_string(horizontal_stripe), "horizontal stripe");
  EXPECT_EQ(to_string(patch), "patch");
  EXPECT_EQ(to_string(scratches), "scratches");
  EXPECT_EQ(to_string(every_second_line), "every second line");
  EXPECT_EQ(to_string(centre), "centre");
  std::set<std::string> names;
  for (const MaskFamily family : all_families) names.insert(to_string(family));
  EXPECT_EQ(names.size(), 10u);
  EXPECT_THROW(to_string(static_cast<MaskFamily>(10)), Error);
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

// Checksums of masks as they were drawn when there were but three families.
TEST(DrawMasks, DrawsTheAssignmentsFamiliesAsEver) {
  Random random(11, "masks");
  EXPECT_EQ(checksum(draw_masks(vertical_stripe, 9, 100, random)), 0x597db63cf72126e5);
  EXPECT_EQ(checksum(draw_masks(horizontal_stripe, 9, 100, random)), 0x733d4a83fee03155);
  EXPECT_EQ(checksum(draw_masks(patch, 9, 100, random)), 0x5961b3e8eb111553);
  EXPECT_EQ(checksum(draw_assignment_masks(100, random)), 0x73d15b687bf3bb2e);
}

TEST(DrawMasks, AreTheFirstOfMore) {
  for (const MaskFamily family : all_families) {
    Random a(12), b(12);
    const Mask few = draw_masks(family, 3, 5, a), many = draw_masks(family, 3, 20, b);
    EXPECT_EQ(few.hole(), slice_rows(many.hole(), 0, 5)) << to_string(family);
  }
}

TEST(DrawMasks, ScatterAnExactNumberOfPixelsUniformly) {
  Random random(13);
  for (const auto& [percent, pixels] : {std::pair{1, 8}, {25, 196}, {50, 392}, {99, 776}})  // of 784, rounded
    EXPECT_EQ(hidden_pixels(draw_masks(scattered, static_cast<std::size_t>(percent), 3, random), 2), pixels);
  constexpr std::size_t n = 12'000;
  const Mask mask = draw_masks(scattered, 20, n, random, 4, 5);  // 4 of 20
  std::map<std::size_t, int> pixels, pairs;
  for (std::size_t i = 0; i < n; ++i) {
    ASSERT_EQ(hidden_pixels(mask, i), 4);
    std::size_t first = 20, second = 20;  // the first two hidden ones: every set of four is equally likely
    for (std::size_t j = 20; j-- > 0;)
      if (mask.hole()(i, j) != 0) {
        pixels[j] += 1;
        second = first;
        first = j;
      }
    ++pairs[first * 20 + second];
  }
  for (std::size_t j = 0; j < 20; ++j) EXPECT_NEAR(pixels[j], n / 5.0, 5 * std::sqrt(n * 0.16)) << j;
  const double sets = 4845;  // 20 choose 4; 0 and 1 come first in 18 choose 2 of them
  EXPECT_NEAR(pairs[1], n * 153 / sets, 5 * std::sqrt(n * 153 / sets));
}

TEST(DrawMasks, HideEverySecondLine) {
  Random random(14);
  for (const std::size_t size : {1, 2, 3, 14}) {
    constexpr std::size_t n = 400;
    const Mask mask = draw_masks(every_second_line, size, n, random);
    std::set<std::vector<float>> phases;
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<float> rows(28);
      for (std::size_t y = 0; y < 28; ++y) {
        rows[y] = mask.hole()(i, y * 28);
        for (std::size_t x = 0; x < 28; ++x) EXPECT_EQ(mask.hole()(i, y * 28 + x), rows[y]);
        EXPECT_TRUE(y < size || rows[y] != rows[y - size]);
      }
      phases.insert(rows);
    }
    EXPECT_EQ(phases.size(), 2 * size);
    EXPECT_NEAR(mask.hole_share(), 0.5, size == 3 ? 0.01 : 0);
  }
}

TEST(DrawMasks, HideFromEachSideInwards) {
  Random random(15);
  constexpr std::size_t n = 4'000;
  const Mask mask = draw_masks(half, 5, n, random, 12, 20);
  std::map<std::size_t, int> sides;
  for (std::size_t i = 0; i < n; ++i) {
    const Hole hole = hole_of(mask, i);
    const bool full_rows = hole.width == 20;
    EXPECT_EQ(full_rows ? hole.height : hole.width, 5u);
    EXPECT_EQ(full_rows ? hole.width : hole.height, full_rows ? 20u : 12u);
    EXPECT_TRUE(full_rows ? hole.row == 0 || hole.row == 7 : hole.column == 0 || hole.column == 15);
    ++sides[full_rows ? hole.row / 7 : 2 + hole.column / 15];
  }
  expect_uniform(sides, 4, n);
  EXPECT_EQ(draw_masks(half, 14, 10, random).hole_share(), 0.5);
}

TEST(DrawMasks, HideTheCentre) {
  Random random(16);
  const Hole even = hole_of(draw_masks(centre, 10, 2, random), 1),
             odd = hole_of(draw_masks(centre, 9, 1, random), 0),
             wide = hole_of(draw_masks(centre, 4, 1, random, 6, 9), 0);
  EXPECT_EQ(even.row, 9u);
  EXPECT_EQ(even.column, 9u);
  EXPECT_EQ(odd.row, 9u);
  EXPECT_EQ(wide.row, 1u);
  EXPECT_EQ(wide.column, 2u);
  EXPECT_EQ(wide.height, 4u);
}

// That each is drawn as it should be, strokes_test.cpp and letters_test.cpp prove.
TEST(DrawMasks, DrawAsManyScratchesStrokesAndLettersAsAsked) {
  Random a(17), b(17);
  Mask mask(2, 28, 28);
  for (std::size_t i = 0; i < 8; ++i) draw_scratch(mask, i / 4, a);
  EXPECT_EQ(draw_masks(scratches, 4, 2, b).hole(), mask.hole());
  mask = Mask(2, 28, 28);
  for (std::size_t i = 0; i < 6; ++i) draw_brush_stroke(mask, i / 3, a);
  EXPECT_EQ(draw_masks(brush, 3, 2, b).hole(), mask.hole());
  mask = Mask(2, 28, 28);
  for (std::size_t i = 0; i < 2; ++i) draw_letters(mask, i, 7, a);
  EXPECT_EQ(draw_masks(text, 7, 2, b).hole(), mask.hole());
}

TEST(DrawMasks, TakeEverySizeUpToTheLargestAndNoOther) {
  Random random(18);
  for (const MaskFamily family : all_families)
    for (const auto& [height, width] : {std::pair<std::size_t, std::size_t>{28, 28}, {9, 14}}) {
      const std::size_t largest = largest_size(family, height, width);
      for (std::size_t size = 1; size <= largest; ++size) {
        const double share = draw_masks(family, size, 1, random, height, width).hole_share();
        EXPECT_GT(share, 0) << to_string(family) << ' ' << size;
      }
      EXPECT_THROW(draw_masks(family, 0, 1, random, height, width), Error) << to_string(family);
      EXPECT_THROW(draw_masks(family, largest + 1, 1, random, height, width), Error) << to_string(family);
    }
  EXPECT_EQ(largest_size(every_second_line), 14u);
  EXPECT_EQ(largest_size(text), 12u);
  EXPECT_EQ(largest_size(half, 5, 8), 5u);
  EXPECT_THROW(largest_size(static_cast<MaskFamily>(10)), Error);
}

TEST(DrawMasks, SayWhatTheSizesOfTheOtherFamiliesAre) {
  Random random(19);
  const auto message = [&](MaskFamily family, std::size_t size, std::size_t side) {
    return message_of<Error>([&] { draw_masks(family, size, 1, random, side, side); });
  };
  EXPECT_EQ(message(scratches, 51, 28),
            "draw_masks: expected 1 to 50 scratches in images of 28 x 28, found 51");
  EXPECT_EQ(message(brush, 0, 28),
            "draw_masks: expected 1 to 20 brush strokes in images of 28 x 28, found 0");
  EXPECT_EQ(message(text, 13, 28),
            "draw_masks: expected 1 to 12 letters of text in images of 28 x 28, found 13");
  EXPECT_EQ(message(scattered, 100, 28),
            "draw_masks: expected 1 to 99 percent of the pixels scattered in images of 28 x 28, found 100");
  EXPECT_EQ(
      message(every_second_line, 15, 28),
      "draw_masks: expected a width of 1 to 14 pixels for every second line in images of 28 x 28, found 15");
  EXPECT_EQ(message(text, 1, 6),
            "draw_masks: expected images that are large enough for the family text, found 6 x 6");
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

TEST(AssignmentMasks, CanBeOfSomeOfTheFamilies) {
  Random random(5, "masks");
  const Mask mask = draw_assignment_masks(200, random, 28, 28, {MaskFamily::horizontal_stripe});
  for (std::size_t n = 0; n < 200; ++n)
    for (std::size_t row = 0; row < 28; ++row)
      for (std::size_t column = 1; column < 28; ++column)
        ASSERT_EQ(mask.hole()(n, row * 28 + column), mask.hole()(n, row * 28))
            << "a row is whole or not at all";
  EXPECT_EQ(message_of<Error>([&] { draw_assignment_masks(1, random, 28, 28, {}); }),
            "draw_assignment_masks: expected at least one family, found none");
  EXPECT_EQ(
      message_of<Error>([&] { draw_assignment_masks(1, random, 28, 28, {MaskFamily::text}); }),
      "draw_assignment_masks: expected some of vertical stripe, horizontal stripe and patch, found text");
}
