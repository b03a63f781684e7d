#include "mend/data/size_normalisation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mend/data/stroke_digits.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

using Pixels = Tensor<std::uint8_t>;

// A rectangle of one grey level on another. Corner and size in pixels.
Pixels with_rectangle(std::size_t height, std::size_t width, std::uint8_t background, std::size_t top,
                      std::size_t left, std::size_t high, std::size_t wide, std::uint8_t ink) {
  Pixels picture({height, width}, background);
  for (std::size_t i = top; i < top + high; ++i)
    for (std::size_t j = left; j < left + wide; ++j) picture(i, j) = ink;
  return picture;
}

NormalisedDigit without_hole(const Pixels& picture) {
  return normalise_digit(picture, Pixels(picture.shape()));
}

// The frame's pixel in row i and column j.
float at(const Tensor<float>& rows, std::size_t i, std::size_t j) { return rows(0, i * 28 + j); }

// Expects a solid rectangle in the frame, 1 on 0.
void expect_rectangle(const Tensor<float>& image, std::size_t top, std::size_t left, std::size_t high,
                      std::size_t wide) {
  ASSERT_EQ(image.shape(), Shape({1, 784}));
  for (std::size_t i = 0; i < 28; ++i)
    for (std::size_t j = 0; j < 28; ++j) {
      const bool inside = i >= top && i < top + high && j >= left && j < left + wide;
      EXPECT_NEAR(at(image, i, j), inside ? 1 : 0, 1e-6) << "row " << i << ", column " << j;
    }
}

}  // namespace

// 100 x 50 pixels at 5 pixels a step are 20 x 10; the middle of the rectangle is its centre of mass: 4 + 20 + 4 rows,
// 9 + 10 + 9 columns. Wherever it was, and whichever of the two is darker.
TEST(SizeNormalisation, FitsARectangleInto20By20AndCentresIt) {
  for (const auto& [top, left] : {std::pair{0u, 0u}, std::pair{13u, 77u}, std::pair{100u, 150u}})
    for (const auto& [background, ink] : {std::pair{0, 255}, std::pair{255, 0}, std::pair{200, 90}}) {
      const NormalisedDigit digit =
          without_hole(with_rectangle(200, 300, static_cast<std::uint8_t>(background), top, left, 100, 50,
                                      static_cast<std::uint8_t>(ink)));
      expect_rectangle(digit.image, 4, 9, 20, 10);
      EXPECT_EQ(digit.dark_on_light, ink < background);
      EXPECT_EQ(digit.background, background);
      EXPECT_EQ(digit.ink, ink);
      EXPECT_NEAR(digit.step, 5, 1e-12);
      EXPECT_NEAR(digit.top, top - 4 * 5.0, 1e-9);
      EXPECT_NEAR(digit.left, left - 9 * 5.0, 1e-9);
    }
}

// The longer side rules: 30 x 60 become 10 x 20; and what is small is made larger, 2 x 4 likewise.
TEST(SizeNormalisation, KeepsProportionsAndMagnifies) {
  expect_rectangle(without_hole(with_rectangle(40, 80, 255, 3, 9, 30, 60, 0)).image, 9, 4, 10, 20);
  expect_rectangle(without_hole(with_rectangle(28, 28, 0, 3, 9, 2, 4, 255)).image, 9, 4, 10, 20);
}

// Step 1.5: a pixel of the frame covers 2.25 of the picture. An edge that lies in its middle leaves the part.
TEST(SizeNormalisation, AveragesOverTheAreaOfAPixel) {
  // 30 rows, and 10 columns: 6 whole pixels of the frame and two thirds of a seventh.
  const NormalisedDigit digit = without_hole(with_rectangle(50, 50, 0, 10, 10, 30, 10, 255));
  const std::size_t left = static_cast<std::size_t>(std::lround((10 - digit.left) / 1.5));
  for (std::size_t i = 4; i < 24; ++i) {
    EXPECT_NEAR(at(digit.image, i, left + 5), 1, 1e-6);
    EXPECT_NEAR(at(digit.image, i, left + 6), 2.0 / 3, 1e-6);
    EXPECT_NEAR(at(digit.image, i, left + 7), 0, 1e-6);
  }
}

// An L of 20 x 20 with arms of 4: mass 80 in the upright, at rows 10 and columns 2, and 64 in the foot, at rows 18 and
// columns 12. Its centre of mass is (13.56, 6.44), so that the box goes to row 0.44 and column 7.56: 0 and 8.
TEST(SizeNormalisation, CentresByMassNotByTheBox) {
  Pixels picture = with_rectangle(40, 40, 0, 7, 11, 20, 4, 255);
  for (std::size_t i = 23; i < 27; ++i)
    for (std::size_t j = 15; j < 31; ++j) picture(i, j) = 255;
  const NormalisedDigit digit = without_hole(picture);
  EXPECT_EQ(7 - digit.top, 0);
  EXPECT_EQ(11 - digit.left, 8);
  EXPECT_EQ(at(digit.image, 0, 8), 1);
  EXPECT_EQ(at(digit.image, 19, 27), 1);
  EXPECT_EQ(at(digit.image, 0, 12), 0);
}

// What is in MNIST's form stays as it is: a box whose longer side is 20 is not scaled, and what is centred is not moved.
TEST(SizeNormalisation, ChangesNothingTwice) {
  const Images digits = stroke_digits(20, 1, 3).train;
  std::size_t compared = 0;
  for (std::size_t n = 0; n < 20; ++n) {
    Pixels picture({140, 140}, 250);
    for (std::size_t i = 0; i < 140; ++i)
      for (std::size_t j = 0; j < 140; ++j)
        picture(i, j) = static_cast<std::uint8_t>(250 - digits.pixels(n, i / 5, j / 5) / 2);
    const NormalisedDigit once = without_hole(picture);
    Pixels small({28, 28});
    for (std::size_t p = 0; p < 784; ++p)
      small[p] = static_cast<std::uint8_t>(std::lround(255 * once.image[p]));
    if (*std::max_element(small.begin(), small.end()) != 255) continue;  // would be stretched
    const NormalisedDigit twice = without_hole(small);
    ASSERT_NEAR(twice.step, 1, 1e-12) << n;
    for (std::size_t p = 0; p < 784; ++p) ASSERT_NEAR(twice.image[p], once.image[p], 0.5 / 255 + 1e-6) << n;
    ++compared;
  }
  EXPECT_GE(compared, 10u);
}

// A frame of 2 pixels a step: of a hole 3 pixels wide at an odd place it misses one pixel wholly and half of the next,
// which is known by its other half.
TEST(SizeNormalisation, TakesAPixelFromWhatIsKnownOfIt) {
  const Pixels picture = with_rectangle(60, 60, 255, 10, 10, 40, 40, 0);
  Pixels hole({60, 60});
  for (std::size_t i = 0; i < 60; ++i)
    for (std::size_t j = 20; j < 23; ++j) hole(i, j) = 255;
  Pixels damaged = picture;
  for (std::size_t p = 0; p < damaged.size(); ++p)
    if (hole[p] != 0) damaged[p] = 200;  // whatever stands in the hole must not matter
  const NormalisedDigit digit = normalise_digit(damaged, hole);
  EXPECT_EQ(digit.top, 2);
  EXPECT_EQ(digit.left, 2);
  for (std::size_t i = 0; i < 28; ++i)
    for (std::size_t j = 0; j < 28; ++j) {
      EXPECT_EQ(at(digit.hole, i, j), j == 9 ? 1 : 0);
      const bool inside = i >= 4 && i < 24 && j >= 4 && j < 24 && j != 9;
      EXPECT_NEAR(at(digit.image, i, j), inside ? 1 : 0, 1e-6);
    }
}

TEST(SizeNormalisation, FindsPolarityBoxAndLevelsWithoutTheHole) {
  Pixels picture = with_rectangle(60, 60, 255, 10, 20, 40, 20, 0), hole({60, 60});
  for (std::size_t i = 0; i < 60; ++i)
    for (std::size_t j = 45; j < 60; ++j)
      hole(i, j) = 1, picture(i, j) = 0;  // larger and darker than the digit
  const NormalisedDigit digit = normalise_digit(picture, hole);
  EXPECT_TRUE(digit.dark_on_light);
  EXPECT_EQ(digit.step, 2);
  EXPECT_EQ(at(digit.image, 4, 9), 1);
  EXPECT_EQ(at(digit.image, 23, 18), 1);
}

TEST(SizeNormalisation, TakesMnistsFormAsItIs) {
  Pixels picture({28, 28}), hole({28, 28});
  for (std::size_t p = 0; p < 784; ++p) picture[p] = static_cast<std::uint8_t>(p % 256);
  hole(3, 5) = 255;
  const NormalisedDigit digit = digit_as_is(picture, hole);
  for (std::size_t p = 0; p < 784; ++p) {
    const bool missing = p == 3 * 28 + 5;
    EXPECT_EQ(digit.hole[p], missing ? 1 : 0);
    EXPECT_EQ(digit.image[p], missing ? 0 : static_cast<float>(p % 256) / 255);
  }
  EXPECT_FALSE(digit.dark_on_light);
}

TEST(SizeNormalisation, RefusesWhatShowsNoDigit) {
  const Pixels picture = with_rectangle(30, 40, 0, 5, 5, 20, 9, 255);
  EXPECT_EQ(
      message_of<ShapeError>([&] {
        normalise_digit(picture, Pixels({40, 30}));
      }),
      "normalise_digit: the picture is (30, 40) and the mask (40, 30), but two of the same shape (H, W) "
      "were expected");
  EXPECT_THROW(normalise_digit(Pixels({0, 4}), Pixels({0, 4})), ShapeError);
  EXPECT_THROW(normalise_digit(Pixels({4}), Pixels({4})), ShapeError);
  EXPECT_NE(message_of<Error>([&] {
              normalise_digit(picture, Pixels({30, 40}, 1));
            }).find("no pixel"),
            std::string::npos);
  EXPECT_NE(message_of<Error>([&] {
              without_hole(Pixels({30, 40}, 77));
            }).find("grey level 77"),
            std::string::npos);
  EXPECT_EQ(message_of<ShapeError>([&] {
              digit_as_is(picture, Pixels({30, 40}));
            }),
            "digit_as_is: the picture is (30, 40) but (28, 28) was expected");
}
