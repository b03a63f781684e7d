// # Huber's loss
//
// The squared error is smooth but lets outliers shout; the absolute error is calm but has a kink. Huber
// (1964) joins them: with \f$ d = y - t \f$ and \f$ c = \operatorname{clip}(d, -\delta, \delta) \f$ one pixel
// costs
// \f[ \ell(d) = c \left(d - \frac{c}{2}\right)
//     = \begin{cases} \tfrac12 d^2 & |d| \le \delta
//                       \\ \delta (|d| - \tfrac{\delta}{2}) & |d| > \delta \end{cases} \f]
// and \f$ L \f$ is the mean over all pixels.
//
// **Backward.** Inside, \f$ c = d \f$ and the slope of \f$ d^2 / 2 \f$ is \f$ d \f$. Outside,
// \f$ c = \pm\delta \f$ is constant and the slope is \f$ c \f$. Both times
// \f[ \ell'(d) = c, \f]
// the clipped error itself. It does not jump at \f$ |d| = \delta \f$: there is no kink.

#include "mend/losses/huber.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/losses/l1.hpp"
#include "mend/losses/mse.hpp"

using namespace mend;

// ## The proof
//
// With \f$ \delta = 0.8 \f$ and normal numbers, many differences lie inside and many outside.

TEST(Huber, GradientIsExact) {
  Random random(3);
  const CheckReport report = check_loss([](const auto& y, const auto& t) { return huber(y, t, 0.8); },
                                        random_normal({3, 37}, random), random_normal({3, 37}, random));
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 0u);
}

// ## By hand
//
// For \f$ \delta = 2 \f$ and \f$ d = (1, 2, -3, 0) \f$ the pixels cost
// \f$ \tfrac12,\ 2,\ 2 (3 - 1) = 4,\ 0 \f$, so \f$ L = 6.5 / 4 \f$; and \f$ c = (1, 2, -2, 0) \f$.

TEST(Huber, ByHand) {
  const Loss<double> loss = huber(Tensor<double>({4}, {1, 2, -3, 0}), Tensor<double>({4}), 2);
  EXPECT_EQ(loss.value, 1.625);
  EXPECT_EQ(loss.gradient, Tensor<double>({4}, {0.25, 0.5, -0.5, 0}));
}

// ## Theorem: between l1 and mse
//
// From \f$ (|d| - \delta)^2 \ge 0 \f$ follows
// \f$ \delta |d| - \delta^2 / 2 \le \ell(d) \le \min(d^2 / 2,\ \delta |d|) \f$. So half the squared error
// bounds it from above, and \f$ \ell / \delta \f$ is within \f$ \delta / 2 \f$ of the absolute error.

TEST(Huber, LiesBetweenL1AndMse) {
  Random random(5);
  const Tensor<double> y = random_normal({8, 9}, random), target = random_normal({8, 9}, random);
  const double absolute = l1(y, target).value, squared = mse(y, target).value;
  for (const double delta : {0.01, 0.3, 1.0, 2.5}) {
    const double value = huber(y, target, delta).value;
    EXPECT_LE(value, squared / 2);
    EXPECT_LE(value, delta * absolute);
    EXPECT_GE(value, delta * absolute - delta * delta / 2);
  }
}

// At the ends of the range it is one or the other: for an infinite \f$ \delta \f$ half the squared error, and
// for a \f$ \delta \f$ below every difference the absolute error less a constant.

TEST(Huber, IsEitherInTheLimit) {
  Random random(6);
  const Tensor<double> y = random_normal({8, 9}, random), target = random_normal({8, 9}, random);
  const double infinity = std::numeric_limits<double>::infinity(), tiny = 1e-9;
  EXPECT_NEAR(huber(y, target, infinity).value, mse(y, target).value / 2, 1e-15);
  EXPECT_NEAR(huber(y, target, tiny).value / tiny, l1(y, target).value - tiny / 2, 1e-15);
}

// ## A second opinion
//
// PyTorch's `huber_loss` agrees on the value and on every element of the gradient.

TEST(Huber, AgreesWithPyTorch) {
  Golden golden("losses", "huber");
  golden.expect(huber(golden["y"], golden["target"], 0.8));
}

// ## In float
//
// As in double.

TEST(Huber, FloatAgreesWithDouble) {
  Random random(4);
  const Tensor<double> y = random_normal({128, 784}, random), target = random_normal({128, 784}, random);
  const double exact = huber(y, target, 0.5).value;
  EXPECT_NEAR(huber(cast<float>(y), cast<float>(target), 0.5).value, exact, 1e-6 * exact);
}

// ## Errors
//
// \f$ \delta \f$ must be positive, shapes equal.

TEST(Huber, RefusesWhatMakesNoSense) {
  const Tensor<double> x({2, 3});
  EXPECT_THROW(huber(x, x, 0), Error);
  EXPECT_THROW(huber(x, x, std::nan("")), Error);
  EXPECT_THROW(huber(x, Tensor<double>({3, 2})), ShapeError);
  EXPECT_THROW(huber(Tensor<double>(), Tensor<double>()), ShapeError);
}
