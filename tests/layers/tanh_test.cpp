// # The hyperbolic tangent
//
// The hyperbolic tangent squeezes any number into (-1, 1), each element for itself:
// \f[
//   y = \tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}} = 2\,\sigma(2x) - 1 .
// \f]
// It is the sigmoid, stretched to both sides of zero, with slope 1 in the middle instead of 1/4.
//
// **Backward.** With \f$ c = \cosh x \f$ and \f$ s = \sinh x \f$, where \f$ c' = s \f$, \f$ s' = c \f$ and
// \f$ c^2 - s^2 = 1 \f$, the quotient rule gives
// \f[
//   \left(\frac{s}{c}\right)' = \frac{c^2 - s^2}{c^2} = 1 - \tanh^2 x ,
//   \qquad\text{so}\qquad dx = dy\,(1 - y^2) .
// \f]
// The code writes \f$ 1 - y^2 \f$ as \f$ (1 - y)(1 + y) \f$: near \f$ \pm 1 \f$ squaring first would round off what
// the difference is about to show.

#include "mend/layers/tanh.hpp"

#include <cmath>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return Tanh<T>(); };

}  // namespace

// ## The proof

TEST(Tanh, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Tanh, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

TEST(Tanh, ObeysTheLawsForImages) { laws::expect_layer_laws(make, Shape{5, 2, 4, 3}); }

TEST(Tanh, IsAStretchedSigmoid) {
  Random random(8);
  const Tensor<double> x = random_normal({5, 4}, random);
  const Tensor<double> stretched = map(Sigmoid<double>().predict(x * 2), [](double v) { return 2 * v - 1; });
  EXPECT_LE(relative_error(Tanh<double>().predict(x), stretched), 1e-15);
}

// ## By hand
//
// At \f$ x = \ln 2 \f$ we have \f$ e^x = 2 \f$ and \f$ e^{-x} = 1/2 \f$, so \f$ y = 1.5 / 2.5 = 3/5 \f$ and the slope
// is \f$ 1 - 9/25 = 16/25 \f$.

TEST(Tanh, ByHand) {
  Tanh<double> tanh;
  const Tensor<double> y = tanh.forward(Tensor<double>({1, 3}, {0, std::log(2.0), -std::log(2.0)}));
  const Tensor<double> dx = tanh.backward(Tensor<double>({1, 3}, {25, 25, -50}));
  EXPECT_LE(relative_error(y, Tensor<double>({1, 3}, {0, 0.6, -0.6})), 1e-15);
  EXPECT_LE(relative_error(dx, Tensor<double>({1, 3}, {25, 16, -32})), 1e-15);
  EXPECT_EQ(tanh.describe(), "Tanh");
}

TEST(Tanh, SaturatesWithoutOverflow) {
  Tanh<float> tanh;
  EXPECT_EQ(tanh.forward(Tensor<float>({1, 2}, {1000, -1000})), Tensor<float>({1, 2}, {1, -1}));
  EXPECT_EQ(tanh.backward(Tensor<float>({1, 2}, {1, 1})), Tensor<float>({1, 2}, {0, 0}));
}

// ## A second opinion
//
// PyTorch's `nn.Tanh` agrees on every element of y and dx.

TEST(Tanh, AgreesWithPyTorch) { expect_layer_of_pytorch("tanh", make); }
