// # The sigmoid
//
// The logistic sigmoid squeezes any number into (0, 1), each element for itself:
// \f[
//   y = \sigma(x) = \frac{1}{1 + e^{-x}} .
// \f]
// **Backward.** By the quotient rule,
// \f[
//   \sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2}
//              = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}} = y\,(1 - y),
//   \qquad\text{so}\qquad dx = dy \cdot y\,(1 - y) .
// \f]
// Backward needs y only, so y is what forward keeps. The slope is 1/4 at most, at x = 0, and nearly 0 where the
// sigmoid saturates: stacked sigmoids lose the gradient by at least a factor of 4 at each.

#include "mend/layers/sigmoid.hpp"

#include <cmath>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return Sigmoid<T>(); };

}  // namespace

// ## The proof

TEST(Sigmoid, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Sigmoid, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

TEST(Sigmoid, ObeysTheLawsForImages) { laws::expect_layer_laws(make, Shape{5, 2, 4, 3}); }

// ## By hand
//
// At \f$ x = \ln 3 \f$ the exponential is 1/3, so \f$ y = 3/4 \f$ and the slope is \f$ 3/4 \cdot 1/4 = 3/16 \f$; at
// \f$ -\ln 3 \f$ y is 1/4 and the slope the same.

TEST(Sigmoid, ByHand) {
  Sigmoid<double> sigmoid;
  const Tensor<double> y = sigmoid.forward(Tensor<double>({1, 3}, {0, std::log(3.0), -std::log(3.0)}));
  const Tensor<double> dx = sigmoid.backward(Tensor<double>({1, 3}, {16, 16, -32}));
  EXPECT_LE(relative_error(y, Tensor<double>({1, 3}, {0.5, 0.75, 0.25})), 1e-15);
  EXPECT_LE(relative_error(dx, Tensor<double>({1, 3}, {4, 3, -6})), 1e-15);
  EXPECT_EQ(sigmoid.describe(), "Sigmoid");
}

// ## A second opinion
//
// PyTorch's `nn.Sigmoid` agrees on every element of y and dx.

TEST(Sigmoid, AgreesWithPyTorch) { expect_layer_of_pytorch("sigmoid", make); }

// ## Saturation
//
// Far out, y is 0 or 1 and the slope 0: no overflow, no NaN, in float either.

TEST(Sigmoid, SaturatesWithoutOverflow) {
  Sigmoid<float> sigmoid;
  EXPECT_EQ(sigmoid.forward(Tensor<float>({1, 2}, {1000, -1000})), Tensor<float>({1, 2}, {1, 0}));
  EXPECT_EQ(sigmoid.backward(Tensor<float>({1, 2}, {1, 1})), Tensor<float>({1, 2}, {0, 0}));
}
