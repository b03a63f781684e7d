// # The mean absolute error
//
// \f[ L = \frac{1}{n} \sum_{i=1}^{n} |y_i - t_i| \f]
//
// **Backward.** Away from 0 the slope of \f$ |d| \f$ is the sign of \f$ d \f$, so with
// \f$ d_i = y_i - t_i \f$
// \f[ \frac{\partial L}{\partial y_i} = \frac{1}{n} \operatorname{sign}(d_i). \f]
// At \f$ d_i = 0 \f$ there is a kink: the slope is \f$ -1 \f$ to the left and \f$ 1 \f$ to the right. Every
// number between them is a *subgradient*; we take 0, so that a pixel that is right stays as it is.

#include "mend/losses/l1.hpp"

#include <gtest/gtest.h>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## The proof
//
// Random outputs do not meet the kink, but for the one we put there: it is judged by the interval between its
// two slopes.

TEST(L1, GradientIsExact) {
  Random random(3);
  const Tensor<double> y = random_normal({3, 37}, random);
  Tensor<double> target = random_normal({3, 37}, random);
  target[5] = y[5];
  const CheckReport report = check_loss([](const auto& v, const auto& t) { return l1(v, t); }, y, target);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 1u);
}

// ## By hand
//
// For \f$ y = (1, 2, 3, 4) \f$ and \f$ t = (1, 0, 0, 8) \f$ the differences are \f$ (0, 2, 3, -4) \f$, so
// \f$ L = 9 / 4 \f$ and \f$ dy = (0, 1, 1, -1) / 4 \f$.

TEST(L1, ByHand) {
  const Loss<double> loss = l1(Tensor<double>({2, 2}, {1, 2, 3, 4}), Tensor<double>({2, 2}, {1, 0, 0, 8}));
  EXPECT_EQ(loss.value, 2.25);
  EXPECT_EQ(loss.gradient, Tensor<double>({2, 2}, {0, 0.25, 0.25, -0.25}));
}

// ## Theorem: the best constant is the median
//
// The slopes count the targets below against those above, so the loss falls until as many lie on either side.
// For the targets 0, 0, 0, 1, 4 that is 0, where the mean is 1: one bright pixel does not brighten the fill.

TEST(L1, BestConstantIsTheMedian) {
  const Tensor<double> target({5}, {0, 0, 0, 1, 4});
  const auto at = [&](double constant) { return l1(Tensor<double>({5}, constant), target); };
  EXPECT_LT(at(0).value, at(1).value);
  EXPECT_LT(sum(at(-0.01).gradient), 0);  // below the median it pays to rise,
  EXPECT_GT(sum(at(0.01).gradient), 0);   // above it to fall
}

// ## A second opinion
//
// PyTorch's `l1_loss` agrees on the value and on every element of the gradient; one output meets the kink.

TEST(L1, AgreesWithPyTorch) {
  Golden golden("losses", "l1");
  golden.expect(l1(golden["y"], golden["target"]));
}

// ## In float
//
// As in double.

TEST(L1, FloatAgreesWithDouble) {
  Random random(4);
  const Tensor<double> y = random_normal({128, 784}, random), target = random_normal({128, 784}, random);
  const double exact = l1(y, target).value;
  EXPECT_NEAR(l1(cast<float>(y), cast<float>(target)).value, exact, 1e-6 * exact);
}

// ## Errors
//
// A NaN is not hidden by the choice of a sign: the loss becomes NaN, and training reports it.

TEST(L1, PassesNanOn) {
  const Loss<double> loss = l1(Tensor<double>({2}, {std::nan(""), 1}), Tensor<double>({2}));
  EXPECT_TRUE(std::isnan(loss.value));
}

TEST(L1, RefusesWrongShapes) {
  EXPECT_THROW(l1(Tensor<double>({2, 3}), Tensor<double>({3, 2})), ShapeError);
  EXPECT_THROW(l1(Tensor<double>({0, 3}), Tensor<double>({0, 3})), ShapeError);
}
