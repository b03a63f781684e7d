// # The fully connected layer
//
// Each of the D outputs of a dense layer is a weighted sum of its K inputs, plus a bias of its own. For a batch of
// N examples, one per row, that is
// \f[
//   y_{nd} = \sum_k x_{nk} W_{kd} + b_d, \qquad\text{or}\qquad y = x W + b .
// \f]
// Shapes: x (N, K), W (K, D), b (D), y (N, D).
//
// **Backward.** Somebody after us tells us how the loss L changes with each output: \f$ dy_{nd} = \partial L /
// \partial y_{nd} \f$. Everything else is the chain rule: follow each way on which a number reaches L, and sum.
//
// A weight \f$ W_{kd} \f$ only reaches output d, but of every example n, each time multiplied by \f$ x_{nk} \f$:
// \f[
//   dW_{kd} = \sum_n x_{nk}\, dy_{nd}, \qquad\text{that is}\qquad dW = x^\top dy .
// \f]
// A bias \f$ b_d \f$ reaches output d of every example with factor 1, and an input \f$ x_{nk} \f$ reaches every
// output d of its own example with factor \f$ W_{kd} \f$:
// \f[
//   db_d = \sum_n dy_{nd}, \qquad dx_{nk} = \sum_d dy_{nd} W_{kd}, \qquad\text{that is}\qquad dx = dy\, W^\top .
// \f]
// The shapes leave no choice: (K, N) times (N, D) is the only product of x and dy that gives (K, D). Nothing here
// divides by N. Who averages over the batch is the loss, once.

#include "mend/layers/dense.hpp"

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random& random) { return Dense<T>(4, 3, random); };

}  // namespace

// ## The proof
//
// Two independent oracles differentiate the forward pass at every coordinate of x, W and b and must agree with
// backward: the complex step to 1e-12, central differences to 1e-6.

TEST(Dense, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Dense, ObeysTheLaws) {
  laws::expect_layer_laws(make, Shape{5, 4},
                          {.misfits = {{{5, 3}, "(N, 4)"}, {{4}, "(N, 4)"}, {{5, 2, 2}, "(N, 4)"}},
                           .complains_as = "Dense(4, 3)"});
}

// Without its bias, y is linear in x, so forward and backward are adjoint maps: \f$ \langle xW, r \rangle = \langle x,
// rW^\top \rangle \f$ for any x and r. No derivative is needed to see that.

TEST(Dense, BackwardIsTheAdjointOfForward) {
  Random random(4);
  Dense<double> dense(4, 3, random);  // the bias is zero
  const Tensor<double> x = random_normal({5, 4}, random), r = random_normal({5, 3}, random);
  const double there = dot(dense.forward(x), r);
  EXPECT_NEAR(there, dot(x, dense.backward(r)), 1e-13);
}

// ## By hand
//
// Two examples of three numbers each, and two outputs:
// \f[
//   x = \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{pmatrix}, \quad
//   W = \begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & -1 \end{pmatrix}, \quad
//   b = \begin{pmatrix} 10 & 20 \end{pmatrix}, \quad
//   y = \begin{pmatrix} 14 & 19 \\ 20 & 19 \end{pmatrix} .
// \f]
// For the upstream gradient \f$ dy = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \f$ the first column of dW is
// row 1 of x plus three times row 2, the second twice row 1 plus four times row 2.

TEST(Dense, ByHand) {
  Dense<double> dense(Tensor<double>({3, 2}, {1, 0, 0, 1, 1, -1}), Tensor<double>({2}, {10, 20}));
  EXPECT_EQ(dense.forward(Tensor<double>({2, 3}, {1, 2, 3, 4, 5, 6})),
            Tensor<double>({2, 2}, {14, 19, 20, 19}));
  const Tensor<double> dx = dense.backward(Tensor<double>({2, 2}, {1, 2, 3, 4}));
  EXPECT_EQ(dx, Tensor<double>({2, 3}, {1, 2, -1, 3, 4, -1}));
  EXPECT_EQ(dense.parameters()[0]->grad, Tensor<double>({3, 2}, {13, 18, 17, 24, 21, 30}));
  EXPECT_EQ(dense.parameters()[1]->grad, Tensor<double>({2}, {4, 6}));
}

TEST(Dense, BeginsWithTheInitializersWeightsAndBiasZero) {
  Random random(3), again(3);
  const Dense<float> dense(4, 3, random, he_normal);
  EXPECT_EQ(dense.describe(), "Dense(4, 3)");
  EXPECT_EQ(dense.weight(), cast<float>(he_normal(4, 3, again)));
  EXPECT_EQ(dense.bias(), Tensor<float>({3}));
}

// ## A second opinion
//
// `tests/golden` keeps what PyTorch computes from the same numbers, forward and backward; its `nn.Linear` is this
// layer with W transposed. Both agree on every element of y, dx, dW and db, to 13 digits.

TEST(Dense, AgreesWithPyTorch) { expect_layer_of_pytorch("dense", make); }

// ## Errors

TEST(Dense, RefusesAWeightAndABiasThatDoNotBelongTogether) {
  const auto text = laws::shape_error_of([] { Dense<float>(Tensor<float>({4, 3}), Tensor<float>({4})); });
  EXPECT_EQ(text, "Dense: weight is (4, 3) and bias is (4) but (in, out) and (out) were expected");
  EXPECT_THROW(Dense<float>(Tensor<float>({4}), Tensor<float>({4})), ShapeError);
}
