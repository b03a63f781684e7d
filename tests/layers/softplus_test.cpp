// # Softplus
//
// Softplus is a rectifier with its corner rounded off, each element for itself:
// \f[
//   y = \log(1 + e^x) .
// \f]
// For large x it is x, for large -x it is 0, and nowhere is it further from Relu than at 0, where it is \f$ \log 2 \f$.
//
// **Backward.** By the chain rule, its slope is the sigmoid, a smooth step from 0 to 1:
// \f[
//   y' = \frac{e^x}{1 + e^x} = \frac{1}{1 + e^{-x}} = \sigma(x), \qquad\text{so}\qquad dx = dy \cdot \sigma(x) .
// \f]
// There is no kink to choose a subgradient for, and no unit that can die; it costs an exponential and a logarithm.

#include "mend/layers/softplus.hpp"

#include <cmath>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/relu.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return Softplus<T>(); };

}  // namespace

// ## The proof

TEST(Softplus, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Softplus, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

TEST(Softplus, ObeysTheLawsForImages) { laws::expect_layer_laws(make, Shape{5, 2, 4, 3}); }

TEST(Softplus, LiesAboveReluByAtMostLog2) {
  Random random(9);
  const Tensor<double> x = random_normal({7, 5}, random) * 10;
  const Tensor<double> gap = Softplus<double>().predict(x) - Relu<double>().predict(x);
  for (const double v : gap) {
    EXPECT_GE(v, 0);
    EXPECT_LE(v, std::log(2.0));
  }
}

// ## By hand
//
// At \f$ x = \ln 3 \f$: \f$ y = \ln 4 \f$, with slope \f$ 3/4 \f$; at \f$ -\ln 3 \f$: \f$ y = \ln\frac43 \f$, with
// slope \f$ 1/4 \f$.

TEST(Softplus, ByHand) {
  Softplus<double> softplus;
  const Tensor<double> y = softplus.forward(Tensor<double>({1, 3}, {0, std::log(3.0), -std::log(3.0)}));
  const Tensor<double> dx = softplus.backward(Tensor<double>({1, 3}, {4, 4, -8}));
  EXPECT_LE(relative_error(y, Tensor<double>({1, 3}, {std::log(2.0), std::log(4.0), std::log(4.0 / 3)})),
            1e-15);
  EXPECT_LE(relative_error(dx, Tensor<double>({1, 3}, {2, 3, -2})), 1e-15);
  EXPECT_EQ(softplus.describe(), "Softplus");
}

TEST(Softplus, DoesNotOverflow) {
  Softplus<float> softplus;
  EXPECT_EQ(softplus.forward(Tensor<float>({1, 2}, {1000, -1000})), Tensor<float>({1, 2}, {1000, 0}));
  EXPECT_EQ(softplus.backward(Tensor<float>({1, 2}, {1, 1})), Tensor<float>({1, 2}, {1, 0}));
}

// ## A second opinion
//
// PyTorch's `nn.Softplus` agrees on every element of y and dx. (Beyond x = 20 it says y = x, wrong in the ninth decimal
// place; no input lies there.)

TEST(Softplus, AgreesWithPyTorch) { expect_layer_of_pytorch("softplus", make); }
