#include "mend/metrics/restoration_error.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<float> uniform_images(std::size_t n, Random& random) {
  return map(Tensor<float>({n, 784}), [&](float) { return static_cast<float>(random.uniform()); });
}

double mse(const Tensor<float>& a, const Tensor<float>& b) {
  const Tensor<double> difference = cast<double>(a) - cast<double>(b);
  return mean(multiply(difference, difference));
}

}  // namespace

// One image of 2 x 2: missing are the upper pixels, off by 1/2 and 1; the lower ones are off by 1/4 and 0.
TEST(RestorationError, OfAnExampleByHand) {
  Mask mask(1, 2, 2);
  mask.cut(0, 0, 0, 1, 2);
  const Tensor<float> original({1, 4}, {1, 0, 0.5f, 1}), restored({1, 4}, {0.5f, 1, 0.25f, 1});
  const RestorationError error = restoration_error(restored, original, mask);
  EXPECT_EQ(error.hole, (0.25 + 1) / 2);
  EXPECT_EQ(error.known, 0.0625 / 2);
  EXPECT_EQ(error.whole, (0.25 + 1 + 0.0625) / 4);
  EXPECT_EQ(error.composite, (0.25 + 1) / 4);
}

TEST(RestorationError, ObeysItsIdentities) {
  Random random(1);
  const Tensor<float> original = uniform_images(17, random), restored = uniform_images(17, random);
  const Mask mask = draw_assignment_masks(17, random);
  const double share = mask.hole_share();
  const RestorationError error = restoration_error(restored, original, mask);
  EXPECT_NEAR(error.composite, share * error.hole, 1e-14);
  EXPECT_NEAR(error.whole, share * error.hole + (1 - share) * error.known, 1e-14);
  EXPECT_NEAR(error.whole, mse(restored, original), 1e-14);
  EXPECT_NEAR(error.composite, mse(composite(restored, original, mask), original), 1e-14);
  const RestorationError put_back = restoration_error(composite(restored, original, mask), original, mask);
  EXPECT_EQ(put_back.known, 0);
  EXPECT_EQ(put_back.hole, error.hole);
  EXPECT_EQ(put_back.whole, error.composite);
}

TEST(RestorationError, OfAPartWithoutPixelsIsZero) {
  Random random(2);
  const Tensor<float> original = uniform_images(2, random), restored = uniform_images(2, random);
  const RestorationError no_hole = restoration_error(restored, original, Mask(2, 28, 28));
  EXPECT_EQ(no_hole.hole, 0);
  EXPECT_EQ(no_hole.composite, 0);
  EXPECT_EQ(no_hole.known, no_hole.whole);
  const RestorationError all_hole =
      restoration_error(restored, original, draw_masks(MaskFamily::patch, 28, 2, random));
  EXPECT_EQ(all_hole.known, 0);
  EXPECT_EQ(all_hole.hole, all_hole.whole);
  const Tensor<float> none({0, 784});
  EXPECT_EQ(restoration_error(none, none, Mask(0, 28, 28)).whole, 0);
}

TEST(RestorationError, KeepsNanWhereItIs) {
  Mask mask(1, 2, 2);
  mask.cut(0, 0, 0, 1, 2);
  const Tensor<float> original({1, 4}), restored({1, 4}, {std::numeric_limits<float>::quiet_NaN(), 0, 1, 1});
  const RestorationError error = restoration_error(restored, original, mask);
  EXPECT_TRUE(std::isnan(error.hole));
  EXPECT_TRUE(std::isnan(error.whole));
  EXPECT_EQ(error.known, 1);
}

TEST(RestorationError, SaysWhichShapesDoNotFit) {
  const Tensor<float> one({1, 784}), two({2, 784});
  EXPECT_EQ(message_of<ShapeError>([&] { restoration_error(one, two, Mask(2, 28, 28)); }),
            "restoration_error: restored and original: (1, 784) and (2, 784) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { restoration_error(one, one, Mask(2, 28, 28)); }),
            "restoration_error: images and mask: (1, 784) and (2, 784) must be the same shape");
}
