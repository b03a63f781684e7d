#include "mend/masks/strokes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "message_of.hpp"

using namespace mend;

namespace {

bool hidden(const Mask& mask, std::size_t image, std::size_t row, std::size_t column) {
  return mask.hole()(image, row * mask.width() + column) != 0;
}

// How many pieces the hole has, when pixels that share a side or a corner belong together.
int pieces(const Mask& mask, std::size_t image) {
  std::set<std::pair<std::size_t, std::size_t>> left;
  for (std::size_t i = 0; i < mask.height(); ++i)
    for (std::size_t j = 0; j < mask.width(); ++j)
      if (hidden(mask, image, i, j)) left.insert({i, j});
  int count = 0;
  for (; !left.empty(); ++count) {
    std::vector<std::pair<std::size_t, std::size_t>> todo{*left.begin()};
    left.erase(left.begin());
    while (!todo.empty()) {
      const auto [row, column] = todo.back();
      todo.pop_back();
      for (std::size_t i = row == 0 ? 0 : row - 1; i <= row + 1; ++i)
        for (std::size_t j = column == 0 ? 0 : column - 1; j <= column + 1; ++j)
          if (left.erase({i, j}) == 1) todo.push_back({i, j});
    }
  }
  return count;
}

// Whether all of a square of pixels is missing somewhere.
bool holds_square(const Mask& mask, std::size_t image, std::size_t side) {
  for (std::size_t top = 0; top + side <= mask.height(); ++top)
    for (std::size_t left = 0; left + side <= mask.width(); ++left) {
      bool all = true;
      for (std::size_t i = 0; i < side * side; ++i)
        all = all && hidden(mask, image, top + i / side, left + i % side);
      if (all) return true;
    }
  return false;
}

Mask scratched(std::size_t images, std::size_t height, std::size_t width, std::uint64_t seed) {
  Mask mask(images, height, width);
  Random random(seed);
  for (std::size_t n = 0; n < images; ++n) draw_scratch(mask, n, random);
  return mask;
}

Mask brushed(std::size_t images, std::size_t height, std::size_t width, std::uint64_t seed) {
  Mask mask(images, height, width);
  Random random(seed);
  for (std::size_t n = 0; n < images; ++n) draw_brush_stroke(mask, n, random);
  return mask;
}

bool crosses_each_column(const Mask& mask, std::size_t image) {
  for (std::size_t j = 0; j < mask.width(); ++j) {
    bool crossed = false;
    for (std::size_t i = 0; i < mask.height(); ++i) crossed = crossed || hidden(mask, image, i, j);
    if (!crossed) return false;
  }
  return true;
}

bool crosses_each_row(const Mask& mask, std::size_t image) {
  for (std::size_t i = 0; i < mask.height(); ++i) {
    bool crossed = false;
    for (std::size_t j = 0; j < mask.width(); ++j) crossed = crossed || hidden(mask, image, i, j);
    if (!crossed) return false;
  }
  return true;
}

}  // namespace

TEST(Scratch, IsOnePieceFromEdgeToEdgeAndOnePixelWide) {
  int across = 0;
  constexpr std::size_t n = 500;
  const Mask mask = scratched(n, 28, 20, 1);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(pieces(mask, i), 1);
    EXPECT_FALSE(holds_square(mask, i, 2));
    EXPECT_TRUE(crosses_each_column(mask, i) || crosses_each_row(mask, i));
    across += !crosses_each_row(mask, i);
  }
  EXPECT_GT(across, 150);  // about half lie across; of them, few also cross each row
  EXPECT_LT(across, 300);
}

// In a low, wide frame the curve is flat: a second pixel in a column would be one too many.
TEST(Scratch, HasOnePixelInEachColumnWhereItIsFlat) {
  const Mask mask = scratched(200, 5, 60, 11);
  for (std::size_t i = 0; i < 200; ++i) {
    if (crosses_each_row(mask, i)) continue;
    double pixels = 0;
    for (std::size_t pixel = 0; pixel < 300; ++pixel) pixels += mask.hole()(i, pixel);
    EXPECT_EQ(pixels, 60);
  }
}

// The middle of the curve against the middle of the chord: at most an eighth of 28 pixels, and the rounding.
TEST(Scratch, IsSlightlyCurved) {
  const Mask mask = scratched(500, 28, 29, 2);
  double furthest = 0;
  const auto row_at = [&](std::size_t image, std::size_t column) {
    double sum = 0, pixels = 0;
    for (std::size_t i = 0; i < 28; ++i)
      if (hidden(mask, image, i, column)) sum += static_cast<double>(i), ++pixels;
    return sum / pixels;
  };
  for (std::size_t i = 0; i < 500; ++i)
    if (!crosses_each_row(mask, i))
      furthest = std::max(furthest, std::abs(row_at(i, 14) - (row_at(i, 0) + row_at(i, 28)) / 2));
  EXPECT_GT(furthest, 2.5);
  EXPECT_LE(furthest, 3.5 + 1.5);
}

TEST(Scratch, ReachesEveryPixel) {
  Mask mask(1, 6, 9);
  Random random(3);
  for (int i = 0; i < 500; ++i) draw_scratch(mask, 0, random);
  EXPECT_EQ(mask.hole_share(), 1);
}

TEST(Scratch, SaysWhenAFrameIsTooSmall) {
  EXPECT_EQ(message_of<Error>([] { scratched(1, 2, 1, 4); }),
            "draw_scratch: expected images of at least 2 x 2 pixels, found 2 x 1");
  EXPECT_NO_THROW(scratched(1, 2, 2, 4));
}

TEST(BrushStroke, IsOnePieceOfItsWidth) {
  constexpr std::size_t n = 500;
  const Mask mask = brushed(n, 28, 20, 5);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(pieces(mask, i), 1);
  }
  // A stroke of 2 to 4 pieces, each about 6 pixels long and 3 wide.
  EXPECT_GT(mask.hole_share() * 560, 25);
  EXPECT_LT(mask.hole_share() * 560, 75);
}

// In a frame one pixel wide a stroke is a run of rows.
TEST(BrushStroke, MayBeShortOrLong) {
  constexpr std::size_t height = 300;
  const Mask mask = brushed(2'000, height, 1, 6);
  std::size_t shortest = height, longest = 0;
  for (std::size_t n = 0; n < mask.images(); ++n) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < height; ++i) rows += hidden(mask, n, i, 0);
    shortest = std::min(shortest, rows);
    longest = std::max(longest, rows);
  }
  EXPECT_LE(shortest, 20u);
  EXPECT_GE(longest, 200u);
}

// A stroke that the frame does not cut is nowhere thinner than its nib, and at its tips as thin.
TEST(BrushStroke, HasANibOfTwoToFourPixels) {
  constexpr std::size_t side = 60;
  const Mask mask = brushed(1'000, side, side, 10);
  std::map<std::size_t, double> widths;
  double strokes = 0;
  for (std::size_t n = 0; n < mask.images(); ++n) {
    std::vector<std::size_t> rows(side), columns(side);
    for (std::size_t i = 0; i < side * side; ++i)
      if (hidden(mask, n, i / side, i % side)) ++rows[i / side], ++columns[i % side];
    if (rows.front() + rows.back() + columns.front() + columns.back() > 0) continue;
    std::size_t thinnest = side;
    for (std::size_t i = 0; i < side; ++i)
      for (const std::size_t pixels : {rows[i], columns[i]})
        if (pixels > 0) thinnest = std::min(thinnest, pixels);
    ++widths[thinnest];
    ++strokes;
  }
  EXPECT_GT(strokes, 300);
  for (const std::size_t nib : {2, 3, 4}) EXPECT_NEAR(widths[nib] / strokes, 1 / 3.0, 0.1) << nib;
  EXPECT_EQ(widths[2] + widths[3] + widths[4], strokes);
}

TEST(BrushStroke, ReachesEveryPixelOfAnyFrame) {
  for (const auto& [height, width] : {std::pair{6, 9}, {1, 1}, {2, 7}}) {
    Mask mask(1, static_cast<std::size_t>(height), static_cast<std::size_t>(width));
    Random random(7);
    for (int i = 0; i < 300; ++i) draw_brush_stroke(mask, 0, random);
    EXPECT_EQ(mask.hole_share(), 1);
  }
}

TEST(BrushStroke, SaysWhenThereIsNoFrame) {
  EXPECT_EQ(message_of<Error>([] { brushed(1, 0, 5, 8); }),
            "draw_brush_stroke: expected images of at least 1 x 1 pixels, found 0 x 5");
}

TEST(Strokes, ChangeTheirImageAlone) {
  Mask mask(3, 28, 28);
  Random random(9);
  draw_scratch(mask, 1, random);
  draw_brush_stroke(mask, 1, random);
  for (std::size_t pixel = 0; pixel < 784; ++pixel) {
    EXPECT_EQ(mask.hole()(0, pixel), 0);
    EXPECT_EQ(mask.hole()(2, pixel), 0);
  }
  EXPECT_THROW(draw_scratch(mask, 3, random), ShapeError);
  EXPECT_THROW(draw_brush_stroke(mask, 3, random), ShapeError);
}
