// # The squared error of an output that will be clipped
//
// A pixel is judged after it was clipped to [0, 1]. A network that says -0.3 for a black pixel says black, and
// need not be corrected; one that says -0.3 for a grey pixel must be led back, where the gradient of the clipping
// itself would be 0. With e = y - t, but 0 beyond the end of the range where t is,
// \f[ L = \frac{1}{N} \sum_n \sum_d w_{nd}\, e_{nd}^2. \f]
//
// **Backward.** Only one term contains \f$ y_{nd} \f$, and e has slope 1 where it is not 0:
// \f[ \frac{\partial L}{\partial y_{nd}} = \frac{2}{N}\, w_{nd}\, e_{nd}. \f]
// Both sides of the seam y = t = 0 have value 0 and slope 0, so value and gradient are continuous.

#include "mend/losses/clipped_mse.hpp"

#include <gtest/gtest.h>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// A third each of black, white and grey.
Tensor<double> random_targets(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) {
    const std::size_t kind = random.below(3);
    return kind == 0 ? 0.0 : kind == 1 ? 1.0 : random.uniform();
  });
}

}  // namespace

// ## The proof
TEST(ClippedMse, HasTheRightGradient) {
  Random random(1);
  const Shape shape{4, 30};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> weight = map(Tensor<double>(shape), [&](double) { return random.uniform(0, 2); });
  const CheckReport report = check_loss(
      [&]<class T>(const Tensor<T>& v, const Tensor<T>& t) { return clipped_mse(v, t, cast<T>(weight)); }, y,
      target);
  EXPECT_TRUE(report.passed()) << report;
}

// ## What it says
TEST(ClippedMse, IsAMeanOverRowsOfAWeightedSumOfSquares) {
  const Tensor<double> y({2, 2}, {.5, .25, 0, 1}), target({2, 2}, {.25, .75, .5, .5});
  const Tensor<double> weight({2, 2}, {1, 2, 0, 4});
  const Loss<double> loss = clipped_mse(y, target, weight);
  EXPECT_DOUBLE_EQ(loss.value, (1 * .0625 + 2 * .25 + 4 * .25) / 2);
  EXPECT_EQ(loss.gradient, Tensor<double>({2, 2}, {.25, -1, 0, 2}));
}

TEST(ClippedMse, CountsNothingBeyondTheEndWhereTheTargetIs) {
  const Tensor<double> ones({1, 6}, 1.0), target({1, 6}, {0, 1, 0, 1, .5, .5});
  const Loss<double> loss = clipped_mse(Tensor<double>({1, 6}, {-.5, 1.5, 1.5, -.5, -.5, 1.5}), target, ones);
  EXPECT_EQ(loss.gradient, Tensor<double>({1, 6}, {0, 0, 3, -3, -2, 2}));
  EXPECT_DOUBLE_EQ(loss.value, 2 * 1.5 * 1.5 + 2 * 1.0);
}

// It is never below the error of the clipped output, and equal to it within the range and beyond the target's end.
TEST(ClippedMse, BoundsTheErrorAfterClipping) {
  Random random(2);
  const Shape shape{1, 1};
  for (int trial = 0; trial < 500; ++trial) {
    const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
    const double after = std::clamp(y[0], 0.0, 1.0) - target[0];
    const double value = clipped_mse(y, target, Tensor<double>(shape, 1.0)).value;
    EXPECT_GE(value, after * after);
    if ((y[0] >= 0 && y[0] <= 1) || (y[0] < 0 && target[0] == 0)) {
      EXPECT_DOUBLE_EQ(value, after * after);
    }
  }
}

// ## A second opinion
//
// PyTorch's `mse_loss`, weighted, and filled with zeros beyond the ends.

TEST(ClippedMse, AgreesWithPyTorch) {
  Golden golden("losses", "clipped_mse");
  golden.expect(clipped_mse(golden["y"], golden["target"], golden["weight"]));
}

TEST(ClippedMse, SaysWhatIsWrong) {
  const Tensor<float> y({1, 2}), one({1, 2}, 1.0f);
  EXPECT_THROW(clipped_mse(y, Tensor<float>({2, 1}), one), ShapeError);
  EXPECT_THROW(clipped_mse(y, y, Tensor<float>({2, 1})), ShapeError);
  EXPECT_THROW(clipped_mse(Tensor<float>({0, 2}), Tensor<float>({0, 2}), Tensor<float>({0, 2})), ShapeError);
  EXPECT_EQ(message_of<Error>([&] {
              clipped_mse(y, Tensor<float>({1, 2}, {0, 2}), one);
            }),
            "clipped_mse: target[1] is 2.000000 but must lie in [0, 1]; scale the targets");
  EXPECT_EQ(message_of<Error>([&] {
              clipped_mse(y, y, Tensor<float>({1, 2}, {1, -1}));
            }),
            "clipped_mse: weight[1] is -1.000000 but at least 0 was expected");
}
