#include "mend/training/filled_images.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mend/data/stroke_digits.hpp"
#include "mend/models/fill_restorer.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

const Tensor<float>& images() {
  static const Tensor<float> x = to_rows(stroke_digits(100, 1, 1, {5, 7}).train);
  return x;
}

const GaussianFill& fill() {
  static const GaussianFill fitted(images());
  return fitted;
}

// The mask of each image, as its scales tell: they are above 0 in the hole.
Mask mask_of(const FilledImages& holes) {
  Mask mask(holes.mask_of.size(), 28, 28);
  for (std::size_t n = 0; n < mask.images(); ++n) {
    const Tensor<float> scale = holes.scale({n});
    for (std::size_t d = 0; d < 784; ++d)
      if (scale[d] > 0) mask.cut(n, d / 28, d % 28, 1, 1);
  }
  return mask;
}

}  // namespace

TEST(FilledImages, AreTheImagesAsTheGaussianFillsThem) {
  Random random(1);
  const FilledImages holes = fill_random_holes(fill(), images(), random);
  const Mask mask = mask_of(holes);
  EXPECT_EQ(holes.filled, fill()(images(), mask));
  EXPECT_EQ(holes.scale({3, 5}), correction_scale(fill(), Mask(gather_rows(mask.hole(), {3, 5}), 28, 28)));
}

TEST(FilledImages, HaveStripesAndSquaresOfAllSizes) {
  Random random(2);
  const FilledImages holes =
      fill_random_holes(fill(), images(), random, {.smallest = 2, .largest = 5, .share = 1});
  const Mask mask = mask_of(holes);
  std::multiset<std::size_t> areas;
  for (std::size_t n = 0; n < 100; ++n) {
    const float* hole = mask.hole().data() + n * 784;
    areas.insert(static_cast<std::size_t>(std::count(hole, hole + 784, 1.0f)));
  }
  for (const std::size_t size : {2, 3, 4, 5}) {
    EXPECT_GT(areas.count(size * 28), 0u);    // stripes
    EXPECT_GT(areas.count(size * size), 0u);  // squares
    areas.erase(size * 28);
    areas.erase(size * size);
  }
  EXPECT_TRUE(areas.empty());
}

TEST(FilledImages, ShareAHoleAmongAsManyAsAsked) {
  Random random(3);
  const FilledImages holes =
      fill_random_holes(fill(), images(), random, {.smallest = 3, .largest = 9, .share = 8});
  EXPECT_EQ(holes.scales.dim(0), 13u);  // 12 eights and a four
  for (std::size_t m = 0; m < 13; ++m)
    EXPECT_EQ(std::count(holes.mask_of.begin(), holes.mask_of.end(), m), m < 12 ? 8 : 4);
  EXPECT_FALSE(std::is_sorted(holes.mask_of.begin(), holes.mask_of.end()));
}

TEST(FilledImages, DifferFromEpochToEpochAndRepeatForTheSameSeed) {
  Random a(4), b(4);
  const std::vector<FilledImages> first = fill_epochs(fill(), images(), 2, a, {.largest = 6});
  const std::vector<FilledImages> second = fill_epochs(fill(), images(), 2, b, {.largest = 6});
  ASSERT_EQ(first.size(), 2u);
  EXPECT_NE(first[0].filled, first[1].filled);
  for (std::size_t e = 0; e < 2; ++e) EXPECT_EQ(first[e].filled, second[e].filled);
}

TEST(FilledImages, SayWhatIsWrong) {
  Random random(5);
  EXPECT_EQ(
      message_of<Error>([&] { fill_random_holes(fill(), images(), random, {.largest = 29}); }),
      "fill_random_holes: expected sizes within 1 to 28 and a share of at least 1, found 3 to 29 and 8");
  EXPECT_THROW(fill_random_holes(fill(), images(), random, {.smallest = 0}), Error);
  EXPECT_THROW(fill_random_holes(fill(), images(), random, {.smallest = 5, .largest = 4}), Error);
  EXPECT_THROW(fill_random_holes(fill(), images(), random, {.share = 0}), Error);
  EXPECT_EQ(message_of<ShapeError>([&] {
              fill_random_holes(fill(), Tensor<float>({2, 9}), random);
            }),
            "fill_random_holes: images are (2, 9) but (N, 784) with N >= 1 was expected");
  EXPECT_EQ(message_of<Error>([&] { fill_epochs(fill(), images(), 0, random); }),
            "fill_epochs: expected at least 1 epoch, found 0");
}
