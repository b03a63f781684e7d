#include "mend/masks/mask.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "message_of.hpp"

using namespace mend;

namespace {

// Two images of 4 x 4. The first has a hole of 2 x 3 pixels at row 1, column 1; the second none.
Mask small_mask() {
  Mask mask(2, 4, 4);
  mask.cut(0, 1, 1, 2, 3);
  return mask;
}

Tensor<float> two_images(float first, float second) {
  Tensor<float> images({2, 16}, first);
  std::fill(images.begin() + 16, images.end(), second);
  return images;
}

}  // namespace

TEST(Mask, HasNoHolesAtFirst) {
  const Mask mask(3, 28, 20);
  EXPECT_EQ(mask.images(), 3u);
  EXPECT_EQ(mask.height(), 28u);
  EXPECT_EQ(mask.width(), 20u);
  EXPECT_EQ(mask.hole(), Tensor<float>({3, 560}));
  EXPECT_EQ(mask.hole_share(), 0);
}

TEST(Mask, IsOneInTheHole) {
  EXPECT_EQ(small_mask().hole(), Tensor<float>({2, 16}, {0, 0, 0, 0,  //
                                                         0, 1, 1, 1,  //
                                                         0, 1, 1, 1,  //
                                                         0, 0, 0, 0,  //
                                                         0, 0, 0, 0,  //
                                                         0, 0, 0, 0,  //
                                                         0, 0, 0, 0,  //
                                                         0, 0, 0, 0}));
  EXPECT_EQ(small_mask().hole_share(), 6.0 / 32);
}

TEST(Mask, CountsOverlappingHolesOnce) {
  Mask mask = small_mask();
  mask.cut(0, 2, 2, 2, 2);  // two pixels of it were missing before
  EXPECT_EQ(mask.hole_share(), 8.0 / 32);
  mask.cut(1, 0, 0, 4, 4);
  EXPECT_EQ(mask.hole_share(), 24.0 / 32);
  mask.cut(1, 4, 4, 0, 0);
  EXPECT_EQ(mask.hole_share(), 24.0 / 32);
}

TEST(Mask, OfNoPixelsHasNoHoles) { EXPECT_EQ(Mask(0, 28, 28).hole_share(), 0); }

TEST(Mask, TakesHolesOfZerosAndOnes) {
  const Mask mask(small_mask().hole(), 4, 4);
  EXPECT_EQ(mask.images(), 2u);
  EXPECT_EQ(mask.height(), 4u);
  EXPECT_EQ(mask.width(), 4u);
  EXPECT_EQ(mask.hole(), small_mask().hole());
  EXPECT_EQ(Mask(Tensor<float>({2, 12}, 1), 3, 4).hole_share(), 1);
}

TEST(Mask, SaysWhichValueIsNoHole) {
  Tensor<float> hole({2, 12});
  hole(1, 7) = 0.5f;  // row 1, column 3 of 3 x 4
  EXPECT_EQ(message_of<Error>([&] { Mask(hole, 3, 4); }),
            "Mask: expected 1 in the hole and 0 elsewhere, found 0.500000 at image 1, row 1, column 3; "
            "threshold it");
  hole(1, 7) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(Mask(hole, 3, 4), Error);
  EXPECT_EQ(message_of<ShapeError>([&] { Mask(hole, 4, 4); }),
            "Mask: expected holes of shape (N, 16) for images of 4 x 4, found (2, 12)");
  EXPECT_THROW(Mask(Tensor<float>({2, 3, 4}), 3, 4), ShapeError);
}

TEST(Mask, SaysWhenAHoleReachesBeyondTheImage) {
  Mask mask(2, 4, 5);
  EXPECT_EQ(message_of<ShapeError>([&] { mask.cut(2, 0, 0, 1, 1); }), "Mask::cut: image 2 of 2");
  EXPECT_EQ(message_of<ShapeError>([&] { mask.cut(0, 3, 1, 2, 4); }),
            "Mask::cut: 2 x 4 pixels at row 3, column 1 reach beyond an image of 4 x 5");
  EXPECT_THROW(mask.cut(0, 0, 2, 1, 4), ShapeError);
  EXPECT_THROW(mask.cut(0, 5, 0, 0, 0), ShapeError);
  EXPECT_THROW(mask.cut(0, 1, 1, std::numeric_limits<std::size_t>::max(), 1), ShapeError);
  EXPECT_EQ(mask.hole_share(), 0);
}

TEST(Damage, FillsTheHolesAndOnlyThem) {
  const Tensor<float> images = two_images(0.5f, 0.75f);
  Tensor<float> expected = images;
  for (const std::size_t pixel : {5, 6, 7, 9, 10, 11}) expected[pixel] = 0;
  EXPECT_EQ(damage(images, small_mask()), expected);
  for (const std::size_t pixel : {5, 6, 7, 9, 10, 11}) expected[pixel] = 0.25f;
  EXPECT_EQ(damage(images, small_mask(), 0.25f), expected);
}

TEST(Damage, ReplacesWhateverWasInTheHole) {
  const Tensor<float> broken({2, 16}, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(damage(broken, small_mask())[5], 0);
}

TEST(Composite, TakesTheRestorationInTheHoleAndTheOriginalElsewhere) {
  const Tensor<float> original = two_images(0.5f, 0.75f), restored({2, 16}, 0.125f);
  Tensor<float> expected = original;
  for (const std::size_t pixel : {5, 6, 7, 9, 10, 11}) expected[pixel] = 0.125f;
  EXPECT_EQ(composite(restored, original, small_mask()), expected);
}

TEST(Composite, UndoesDamageWhenTheHoleIsKnown) {
  const Tensor<float> original = two_images(0.5f, 0.75f);
  EXPECT_EQ(composite(original, damage(original, small_mask()), small_mask()), original);
}

TEST(DamageAndComposite, SayWhichShapesDoNotFit) {
  const Tensor<float> one({1, 16}), two({2, 16});
  EXPECT_EQ(message_of<ShapeError>([&] { damage(one, small_mask()); }),
            "damage: images and mask: (1, 16) and (2, 16) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { composite(one, two, small_mask()); }),
            "composite: restored and original: (1, 16) and (2, 16) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { composite(one, one, small_mask()); }),
            "composite: images and mask: (1, 16) and (2, 16) must be the same shape");
}
