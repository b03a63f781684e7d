// # The mean squared error
//
// For an output \f$ y \f$ and a target \f$ t \f$, both with \f$ n \f$ elements,
// \f[ L = \frac{1}{n} \sum_{i=1}^{n} (y_i - t_i)^2. \f]
//
// **Backward.** In the sum only one term contains \f$ y_i \f$, so
// \f[ \frac{\partial L}{\partial y_i} = \frac{1}{n} \frac{\partial}{\partial y_i} (y_i - t_i)^2
//     = \frac{2}{n} (y_i - t_i). \f]
// The division by \f$ n \f$ happens here, once: a layer never divides by the size of a batch, and the same
// learning rate suits batches of all sizes. Some books put \f$ \tfrac12 \f$ in front and lose the 2.

#include "mend/losses/mse.hpp"

#include <gtest/gtest.h>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// ## The proof
//
// The gradient at 111 random outputs, against the complex step and against central differences.

TEST(Mse, GradientIsExact) {
  Random random(3);
  const CheckReport report = check_loss([](const auto& y, const auto& target) { return mse(y, target); },
                                        random_normal({3, 37}, random), random_normal({3, 37}, random));
  EXPECT_TRUE(report.passed()) << report;
}

// ## By hand
//
// For \f$ y = (1, 2, 3, 4) \f$ and \f$ t = (1, 0, 0, 8) \f$ the differences are \f$ (0, 2, 3, -4) \f$, so
// \f$ L = (0 + 4 + 9 + 16) / 4 = 7.25 \f$ and \f$ dy = (0, 4, 6, -8) / 4 \f$.

TEST(Mse, ByHand) {
  const Loss<double> loss = mse(Tensor<double>({2, 2}, {1, 2, 3, 4}), Tensor<double>({2, 2}, {1, 0, 0, 8}));
  EXPECT_EQ(loss.value, 7.25);
  EXPECT_EQ(loss.gradient, Tensor<double>({2, 2}, {0, 1, 1.5, -2}));
}

// ## Theorem: the best constant is the mean
//
// Where \f$ y \f$ is the same everywhere, the slopes add up to \f$ 2 (y - \bar t) \f$: zero at the mean. This
// is why a network that cannot know what a hole contained paints the mean of what it could have been, and why
// its fills look blurred.

TEST(Mse, BestConstantIsTheMean) {
  const Tensor<double> target({5}, {0, 0, 0, 1, 4});
  EXPECT_EQ(sum(mse(Tensor<double>({5}, 1.0), target).gradient), 0);
  EXPECT_LT(mse(Tensor<double>({5}, 1.0), target).value, mse(Tensor<double>({5}, 0.0), target).value);
}

// ## A second opinion
//
// `tests/golden` keeps what PyTorch computes from the same numbers, with autograd. Its `mse_loss` agrees on
// the value and on every element of the gradient, to 13 digits.

TEST(Mse, AgreesWithPyTorch) {
  Golden golden("losses", "mse");
  golden.expect(mse(golden["y"], golden["target"]));
}

// ## In float
//
// A mean over 100,000 elements keeps the digits of float: it is carried in wide partial sums and in double,
// not in one float.

TEST(Mse, FloatAgreesWithDouble) {
  Random random(4);
  const Tensor<double> y = random_normal({128, 784}, random), target = random_normal({128, 784}, random);
  const Loss<double> exact = mse(y, target);
  const Loss<float> loss = mse(cast<float>(y), cast<float>(target));
  EXPECT_NEAR(loss.value, exact.value, 1e-6 * exact.value);
  for (std::size_t i = 0; i < y.size(); ++i) ASSERT_NEAR(loss.gradient[i], exact.gradient[i], 2e-11);
}

// And a mean over a whole test set, millions of pixels, keeps them too: no sum in float grows so large that
// the next term is rounded away.

TEST(Mse, FloatKeepsItsDigitsOverMillions) {
  const Shape whole_set{8000, 784};
  EXPECT_NEAR(mse(Tensor<float>(whole_set, 0.3f), Tensor<float>(whole_set)).value, 0.09, 1e-7);
}

// ## Errors
//
// Shapes must be equal, and a mean of nothing is no number.

TEST(Mse, RefusesWrongShapes) {
  EXPECT_THROW(mse(Tensor<double>({2, 3}), Tensor<double>({3, 2})), ShapeError);
  EXPECT_THROW(mse(Tensor<double>({0, 3}), Tensor<double>({0, 3})), ShapeError);
}
