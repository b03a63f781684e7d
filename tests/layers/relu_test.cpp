// # The rectifier
//
// A rectifier lets positive numbers pass and holds back the others, each element for itself:
// \f[
//   y_i = \max(x_i, 0) .
// \f]
// **Backward.** Where \f$ x_i > 0 \f$, y moves as x does: slope 1. Where \f$ x_i < 0 \f$, y stands still: slope 0.
// \f[
//   dx_i = dy_i\,[x_i > 0] .
// \f]
// The mask asks about x, not about dy: what did not pass on the way forward cannot be blamed on the way back.
//
// **The kink.** At \f$ x_i = 0 \f$ the slope is 0 to the left and 1 to the right, and there is no derivative. Any number
// between is a *subgradient*, and any would do for training; that the choice is always the same one matters for
// repeating an experiment. We choose \f$ \mathrm{ReLU}'(0) = 0 \f$, as nearly everybody does.

#include "mend/layers/relu.hpp"

#include <limits>

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random&) { return Relu<T>(); };

}  // namespace

// ## The proof

TEST(Relu, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Relu, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

TEST(Relu, ObeysTheLawsForImages) { laws::expect_layer_laws(make, Shape{5, 2, 4, 3}); }

// ## At the kink
//
// Two of these ten inputs are exactly zero. The check finds them, for the slopes to their left and right differ, and
// accepts any number between; the choice itself is pinned by the last line.

TEST(Relu, SlopeAtZeroIsZero) {
  const Tensor<double> x({2, 5}, {-2, 0, 1, 3, -1, 2, -3, 0.5, -0.0, 4});
  Relu<double> relu;
  Relu<std::complex<double>> twin;
  const CheckReport report = check_layer(relu, twin, x, {.kink_share = 0.2});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 2);

  relu.forward(x);
  EXPECT_EQ(relu.backward(Tensor<double>({2, 5}, 7.0)),
            Tensor<double>({2, 5}, {0, 0, 7, 7, 0, 7, 0, 7, 0, 7}));
}

// ## By hand
//
// What is positive passes, and so does its gradient, whatever its own sign; what is not positive does neither.

TEST(Relu, ByHand) {
  Relu<float> relu;
  EXPECT_EQ(relu.forward(Tensor<float>({2, 2}, {-1, 2, 3, -4})), Tensor<float>({2, 2}, {0, 2, 3, 0}));
  EXPECT_EQ(relu.backward(Tensor<float>({2, 2}, {10, -20, 30, -40})), Tensor<float>({2, 2}, {0, -20, 30, 0}));
  EXPECT_EQ(relu.describe(), "Relu");
  EXPECT_TRUE(relu.parameters().empty());
}

// A network that diverges shall be seen: NaN is not silently turned into 0, as `max(0, x)` may do.

TEST(Relu, KeepsNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Relu<double> relu;
  EXPECT_TRUE(std::isnan(relu.forward(Tensor<double>({1, 1}, {nan}))[0]));
  EXPECT_TRUE(std::isnan(relu.backward(Tensor<double>({1, 1}, {nan}))[0]));
}

// Over the complex numbers the branch is taken on the real part, so the tiny imaginary part of a complex step passes,
// or is stopped, with it.

TEST(Relu, BranchesOnTheRealPart) {
  using Complex = std::complex<double>;
  const Tensor<Complex> y = Relu<Complex>().predict(Tensor<Complex>({1, 2}, {{2, 1e-30}, {-2, 1e-30}}));
  EXPECT_EQ(y, Tensor<Complex>({1, 2}, {{2, 1e-30}, {0, 0}}));
}

// ## A second opinion
//
// PyTorch's `nn.ReLU` agrees on every element of y and dx, at the kink too: one of the inputs is 0, and PyTorch's
// choice is ours.

TEST(Relu, AgreesWithPyTorch) { expect_layer_of_pytorch("relu", make); }
