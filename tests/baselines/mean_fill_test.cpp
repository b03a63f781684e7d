#include "mend/baselines/mean_fill.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "message_of.hpp"

using namespace mend;

TEST(MeanFill, PutsTheMeanImageInTheHoleAndKeepsTheRest) {
  const MeanFill fill(Tensor<float>({2, 4}, {0, 0.5f, 1, 0.25f, 1, 0.5f, 0, 0.75f}));
  EXPECT_EQ(fill.mean(), Tensor<float>({4}, 0.5f));
  Mask mask(2, 2, 2);
  mask.cut(0, 0, 1, 2, 1);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(fill(Tensor<float>({2, 4}, {0.1f, nan, 0.3f, 9, 0.6f, 0.7f, 0.8f, 0.9f}), mask),
            Tensor<float>({2, 4}, {0.1f, 0.5f, 0.3f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f}));
}

// The mean minimises the squared error over the training images: any other constant fill does worse.
TEST(MeanFill, LosesLessOnItsTrainingImagesThanAnyOtherConstantFill) {
  const Tensor<float> train({3, 1}, {0, 0.25f, 0.875f});
  const auto error = [&](float fill) {
    double sum = 0;
    for (const float t : train) sum += (t - fill) * (t - fill);
    return sum;
  };
  Mask mask(1, 1, 1);
  mask.cut(0, 0, 0, 1, 1);
  const float mean = MeanFill(train)(Tensor<float>({1, 1}), mask)[0];
  EXPECT_LT(error(mean), error(mean + 1e-3f));
  EXPECT_LT(error(mean), error(mean - 1e-3f));
}

TEST(MeanFill, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              MeanFill(Tensor<float>({0, 4}));
            }),
            "MeanFill: the training images are (0, 4) but (N, D) with N >= 1 was expected");
  EXPECT_EQ(message_of<ShapeError>([] { MeanFill(Tensor<float>({4})); }),
            "MeanFill: the training images are (4) but (N, D) with N >= 1 was expected");
  const MeanFill fill(Tensor<float>({2, 4}));
  EXPECT_EQ(message_of<ShapeError>([&] {
              fill(Tensor<float>({1, 4}), Mask(2, 2, 2));
            }),
            "MeanFill: damaged images and mask: (1, 4) and (2, 4) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] {
              fill(Tensor<float>({1, 6}), Mask(1, 2, 3));
            }),
            "MeanFill: the damaged images are (1, 6) but the training images had 4 pixels");
}
