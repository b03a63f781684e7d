// # The residual shortcut
//
// A residual layer holds another layer f, its branch, and adds what went in to what comes out:
// \f[
//   y = x + f(x) .
// \f]
// To leave x as it is, which is hard to learn for a layer, f only has to return zero. A damaged image is mostly right
// already; f learns the repair.
//
// **Backward.** x reaches y on two ways, and gradients of ways add up:
// \f[
//   dx = dy + J_f(x)^\top\, dy ,
// \f]
// where the second term is what backward of f returns. However small that becomes in a deep network, the first brings
// dy back as it is. The parameters of f only see dy, as if there were no shortcut.

#include "mend/layers/residual.hpp"

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/tanh.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random& random) {
  auto branch = std::make_unique<Sequential<T>>();
  branch->template add<Dense>(4, 3, random).template add<Tanh>().template add<Dense>(3, 4, random);
  return Residual<T>(std::move(branch));
};

}  // namespace

// ## The proof

TEST(Residual, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Residual, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

// Around a linear branch without a bias, y is linear in x, and backward is its adjoint: \f$ \langle x + xW, r \rangle =
// \langle x, r + rW^\top \rangle \f$ for any x and r.

TEST(Residual, BackwardIsTheAdjointOfForward) {
  Random random(4);
  Residual<double> residual(std::make_unique<Dense<double>>(4, 4, random));  // the bias is zero
  const Tensor<double> x = random_normal({5, 4}, random), r = random_normal({5, 4}, random);
  const double there = dot(residual.forward(x), r);
  EXPECT_NEAR(there, dot(x, residual.backward(r)), 1e-13);
}

// ## By hand
//
// For a branch \f$ f(x) = x W \f$ with \f$ W = \begin{pmatrix} 0 & 1 \\ 2 & 0 \end{pmatrix} \f$ and one example
// \f$ x = (3, 4) \f$, \f$ y = (3, 4) + (8, 3) \f$. For \f$ dy = (1, 10) \f$, \f$ dx = dy + dy\,W^\top = (1, 10) +
// (10, 2) \f$ and \f$ dW = x^\top dy \f$.

TEST(Residual, ByHand) {
  Residual<double> residual(
      std::make_unique<Dense<double>>(Tensor<double>({2, 2}, {0, 1, 2, 0}), Tensor<double>({2})));
  EXPECT_EQ(residual.forward(Tensor<double>({1, 2}, {3, 4})), Tensor<double>({1, 2}, {11, 7}));
  EXPECT_EQ(residual.backward(Tensor<double>({1, 2}, {1, 10})), Tensor<double>({1, 2}, {11, 12}));
  EXPECT_EQ(residual.parameters()[0]->grad, Tensor<double>({2, 2}, {3, 30, 4, 40}));
}

// A branch that returns zero makes the identity, forward and backward.

TEST(Residual, AroundNothingIsTheIdentity) {
  Residual<double> residual(std::make_unique<Dense<double>>(Tensor<double>({4, 4}), Tensor<double>({4})));
  Random random(3);
  const Tensor<double> x = random_normal({5, 4}, random), dy = random_normal({5, 4}, random);
  EXPECT_EQ(residual.forward(x), x);
  EXPECT_EQ(residual.backward(dy), dy);
}

TEST(Residual, NamesAndStreamsAreThoseOfItsBranch) {
  Random random(3);
  auto layer = make.operator()<float>(random);
  EXPECT_EQ(layer.describe(), "Residual(Sequential(Dense(4, 3), Tanh, Dense(3, 4)))");
  ASSERT_EQ(layer.parameters().size(), 4);
  EXPECT_EQ(layer.parameters()[0]->name, "branch.0.weight");
  EXPECT_EQ(layer.parameters()[3]->name, "branch.2.bias");
  EXPECT_TRUE(layer.random_streams().empty());
  EXPECT_EQ(Residual<float>(std::make_unique<Dropout<float>>(0.1, random)).random_streams().size(), 1);
}

// ## A second opinion
//
// PyTorch, told no more than `x + branch(x)`, agrees on y, on dx and on the gradients of all four parameters of the
// branch.

TEST(Residual, AgreesWithPyTorch) { expect_layer_of_pytorch("residual", make); }

// ## Errors

TEST(Residual, RefusesABranchOfAnotherShape) {
  Random random(3);
  Residual<float> residual(std::make_unique<Dense<float>>(4, 3, random));
  const std::string expected =
      "Residual(Dense(4, 3)): x is (5, 4) but the branch returns (5, 3): to be added they must be the same";
  EXPECT_EQ(laws::shape_error_of([&] { residual.predict(Tensor<float>({5, 4})); }), expected);
  EXPECT_EQ(laws::shape_error_of([&] { residual.forward(Tensor<float>({5, 4})); }), expected);
}

TEST(Residual, RefusesWhatItsBranchRefuses) {
  Random random(3);
  auto layer = make.operator()<float>(random);
  EXPECT_EQ(laws::shape_error_of([&] {
              layer.predict(Tensor<float>({5, 3}));
            }),
            "Dense(4, 3): x is (5, 3) but (N, 4) was expected");
}

TEST(Residual, RefusesNoBranch) { EXPECT_THROW(Residual<float>(nullptr), Error); }
