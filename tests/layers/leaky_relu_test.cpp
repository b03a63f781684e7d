// # The leaky rectifier
//
// A rectifier whose input is negative for every example has slope 0 for every example: it never learns again, it is
// dead. A leak keeps it alive:
// \f[
//   y_i = \begin{cases} x_i & x_i > 0 \\ s\, x_i & x_i \le 0 \end{cases}, \qquad s = 0.01 \text{ where nothing is said.}
// \f]
// **Backward.** The slope is 1 or s, by the sign of x:
// \f[
//   dx_i = \begin{cases} dy_i & x_i > 0 \\ s\, dy_i & x_i \le 0 . \end{cases}
// \f]
// At the kink \f$ x_i = 0 \f$ any number in [s, 1] is a subgradient; we take s, and for s = 0 this is Relu.

#include "mend/layers/leaky_relu.hpp"

#include <limits>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/relu.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return LeakyRelu<T>(0.2); };

}  // namespace

// ## The proof

TEST(LeakyRelu, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(LeakyRelu, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

// ## At the kink

TEST(LeakyRelu, SlopeAtZeroIsTheLeak) {
  const Tensor<double> x({2, 3}, {-2, 0, 1, 3, -1, 2});
  LeakyRelu<double> leaky(0.2);
  LeakyRelu<std::complex<double>> twin(0.2);
  const CheckReport report = check_layer(leaky, twin, x, {.kink_share = 0.2});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 1);

  leaky.forward(x);
  EXPECT_EQ(leaky.backward(Tensor<double>({2, 3}, 1.0)), Tensor<double>({2, 3}, {0.2, 0.2, 1, 1, 0.2, 1}));
}

// ## By hand
//
// With s = 1/2, what is negative is halved, and so is its gradient.

TEST(LeakyRelu, ByHand) {
  LeakyRelu<double> leaky(0.5);
  EXPECT_EQ(leaky.forward(Tensor<double>({2, 2}, {-1, 2, 3, -4})), Tensor<double>({2, 2}, {-0.5, 2, 3, -2}));
  EXPECT_EQ(leaky.backward(Tensor<double>({2, 2}, {10, 20, 30, 40})),
            Tensor<double>({2, 2}, {5, 20, 30, 20}));
}

TEST(LeakyRelu, WithoutALeakIsRelu) {
  Random random(6);
  const Tensor<double> x = random_normal({5, 4}, random);
  EXPECT_EQ(LeakyRelu<double>(0).predict(x), Relu<double>().predict(x));
}

TEST(LeakyRelu, SaysItsSlope) {
  EXPECT_EQ(LeakyRelu<float>().describe(), "LeakyRelu(0.01)");
  EXPECT_EQ(LeakyRelu<float>(0.2).describe(), "LeakyRelu(0.2)");
}

TEST(LeakyRelu, KeepsNaN) {
  const Tensor<double> nan({1, 1}, std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(std::isnan(LeakyRelu<double>().predict(nan)[0]));
}

// ## A second opinion
//
// PyTorch's `nn.LeakyReLU` agrees on every element of y and dx, at the kink too: one of the inputs is 0.

TEST(LeakyRelu, AgreesWithPyTorch) { expect_layer_of_pytorch("leaky_relu", make); }

// ## Errors

TEST(LeakyRelu, RefusesASlopeOutsideZeroToOne) {
  for (const double slope : {-0.1, 1.0, 2.0, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW(LeakyRelu<float>{slope}, Error) << slope;
  EXPECT_NO_THROW(LeakyRelu<float>{0});
}
