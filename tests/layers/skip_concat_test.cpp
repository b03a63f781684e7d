// # The skip connection
//
// A skip connection holds another layer f, its branch, and lays what went in beside what comes out:
// \f[
//   y = [\, x \mid f(x)\, ] .
// \f]
// Shapes: x (N, D), f(x) (N, E), y (N, D + E). What the branch threw away is still there for the layers that follow: in
// a restorer, the undamaged pixels themselves.
//
// **Backward.** The columns of dy part as those of y were joined, \f$ dy = [\, dy_x \mid dy_f\, ] \f$. The first D are
// the gradient of the copy of x, the others belong to f, and the two ways to x add up:
// \f[
//   dx = dy_x + J_f(x)^\top\, dy_f .
// \f]

#include "mend/layers/skip_concat.hpp"

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/tanh.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random& random) {
  auto branch = std::make_unique<Sequential<T>>();
  branch->template add<Dense>(4, 3, random).template add<Tanh>();
  return SkipConcat<T>(std::move(branch));
};

}  // namespace

// ## The proof

TEST(SkipConcat, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(SkipConcat, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}); }

// Beside a linear branch without a bias, y is linear in x, and backward is its adjoint: for any x and any
// \f$ r = [\, s \mid t\, ] \f$, \f$ \langle [\, x \mid xW\, ], r \rangle = \langle x, s + t\,W^\top \rangle \f$.

TEST(SkipConcat, BackwardIsTheAdjointOfForward) {
  Random random(4);
  SkipConcat<double> skip(std::make_unique<Dense<double>>(4, 3, random));  // the bias is zero
  const Tensor<double> x = random_normal({5, 4}, random), r = random_normal({5, 7}, random);
  const double there = dot(skip.forward(x), r);
  EXPECT_NEAR(there, dot(x, skip.backward(r)), 1e-13);
}

// ## By hand
//
// For a branch \f$ f(x) = x\, w \f$ with \f$ w = \begin{pmatrix} 2 \\ 5 \end{pmatrix} \f$ and one example
// \f$ x = (3, 4) \f$, \f$ y = (3, 4 \mid 26) \f$. For \f$ dy = (1, 10 \mid 100) \f$, \f$ dx = (1, 10) + 100\,(2, 5) \f$
// and \f$ dw = 100\, x^\top \f$.

TEST(SkipConcat, ByHand) {
  SkipConcat<double> skip(
      std::make_unique<Dense<double>>(Tensor<double>({2, 1}, {2, 5}), Tensor<double>({1})));
  EXPECT_EQ(skip.forward(Tensor<double>({1, 2}, {3, 4})), Tensor<double>({1, 3}, {3, 4, 26}));
  EXPECT_EQ(skip.backward(Tensor<double>({1, 3}, {1, 10, 100})), Tensor<double>({1, 2}, {201, 510}));
  EXPECT_EQ(skip.parameters()[0]->grad, Tensor<double>({2, 1}, {300, 400}));
}

TEST(SkipConcat, NamesAndStreamsAreThoseOfItsBranch) {
  Random random(3);
  auto layer = make.operator()<float>(random);
  EXPECT_EQ(layer.describe(), "SkipConcat(Sequential(Dense(4, 3), Tanh))");
  EXPECT_EQ(layer.output_shape({5, 4}), (Shape{5, 7}));
  ASSERT_EQ(layer.parameters().size(), 2);
  EXPECT_EQ(layer.parameters()[1]->name, "branch.0.bias");
  EXPECT_TRUE(layer.random_streams().empty());
  EXPECT_EQ(SkipConcat<float>(std::make_unique<Dropout<float>>(0.1, random)).random_streams().size(), 1);
}

// ## A second opinion
//
// PyTorch, told no more than `cat([x, branch(x)])`, agrees on y, on dx and on the gradients of both parameters of the
// branch.

TEST(SkipConcat, AgreesWithPyTorch) { expect_layer_of_pytorch("skip_concat", make); }

// ## Errors

TEST(SkipConcat, RefusesWhatIsNoMatrix) {
  SkipConcat<float> skip(std::make_unique<Relu<float>>());
  const std::string expected =
      "SkipConcat(Relu): x is (5, 2, 3) and the branch returns (5, 2, 3) but (N, D) and (N, E) were expected";
  EXPECT_EQ(laws::shape_error_of([&] { skip.predict(Tensor<float>({5, 2, 3})); }), expected);
  EXPECT_EQ(laws::shape_error_of([&] { skip.forward(Tensor<float>({5, 2, 3})); }), expected);
}

TEST(SkipConcat, RefusesNoBranch) { EXPECT_THROW(SkipConcat<float>(nullptr), Error); }
