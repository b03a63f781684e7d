// # What a layer is
//
// A network turns x into y in steps, and a loss turns y into one number L. Training asks how L changes with every
// number on the way. Nobody writes that down at once: each layer answers for itself, in two questions.
//
// **Forward.** Given x, what is y? For a batch, \f$ y = f(x, p) \f$, where p are the numbers that the layer learns.
//
// **Backward.** Given how L changes with y, how does it change with x and with p? Each \f$ x_i \f$ may move every
// \f$ y_j \f$, and each of those moves L, so the chain rule sums over the ways:
// \f[
//   \frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial y_j} \frac{\partial y_j}{\partial x_i},
//   \qquad\text{that is}\qquad dx = J^\top dy, \quad J_{ji} = \frac{\partial y_j}{\partial x_i},
// \f]
// and likewise \f$ dp = J_p^\top dy \f$. We write dx for \f$ \partial L / \partial x \f$ throughout. It has the shape of x:
// one slope for each number. The matrix J is never built; a layer only has to know how to multiply by its transpose.
//
// Two things follow, whatever the layer. Backward is *linear* in dy, and everything it returns is *proportional* to
// dy: a layer that ignores dy is wrong, however right it looks for dy = 1. And a number that is used twice collects
// slopes from both uses, so gradients of parameters *add up*.
//
// ## The laws
//
// What all layers promise beside the right gradient stands in @ref mend::check_laws and is checked for each of them
// in its own proof. Here is what they share.

#include "mend/layers/layer.hpp"

#include "layers/layer_laws.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/losses/mse.hpp"

using namespace mend;

// ## The check
//
// The chain rule for the smallest network that has one: two layers and a bend, with a loss at the end. The check moves
// every single number and looks at L.

TEST(Layer, ChainRuleHoldsForANetworkAndItsLoss) {
  Random random(3);
  const auto net = []<class T>(Random& init) {
    Sequential<T> made;
    made.template add<Dense>(4, 6, init).template add<Tanh>().template add<Dense>(6, 3, init);
    return made;
  };
  const CheckReport report = check_network(
      net, [](const auto& y, const auto& target) { return mse(y, target); }, random_normal({5, 4}, random),
      random_normal({5, 3}, random));
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

// ## By hand
//
// One number through two layers of one weight each, \f$ y = 3 (2 x) \f$, at x = 5, with dy = 7. The second layer
// returns \f$ 3 \cdot 7 = 21 \f$ and learns \f$ dw_2 = 10 \cdot 7 \f$, for 10 is what it was given. The first is handed
// the 21 and returns \f$ 2 \cdot 21 = 42 \f$, which is dy times the slope 6 of the whole; \f$ dw_1 = 5 \cdot 21 \f$.

TEST(Layer, ByHand) {
  Dense<double> first(Tensor<double>({1, 1}, {2}), Tensor<double>({1}));
  Dense<double> second(Tensor<double>({1, 1}, {3}), Tensor<double>({1}));
  EXPECT_EQ(second.forward(first.forward(Tensor<double>({1, 1}, {5}))), Tensor<double>({1, 1}, {30}));
  const Tensor<double> between = second.backward(Tensor<double>({1, 1}, {7}));
  EXPECT_EQ(between, Tensor<double>({1, 1}, {21}));
  EXPECT_EQ(first.backward(between), Tensor<double>({1, 1}, {42}));
  EXPECT_EQ(second.parameters()[0]->grad, Tensor<double>({1, 1}, {70}));
  EXPECT_EQ(first.parameters()[0]->grad, Tensor<double>({1, 1}, {105}));
}

// ## Parameters

TEST(Layer, AParameterBeginsWithGradientZero) {
  const Parameter<float> p("weight", Tensor<float>({2, 3}, 7.0f));
  EXPECT_EQ(p.name, "weight");
  EXPECT_EQ(p.value, Tensor<float>({2, 3}, 7.0f));
  EXPECT_EQ(p.grad, Tensor<float>({2, 3}));
}

TEST(Layer, ZeroGradClearsGradientsAndNothingElse) {
  Parameter<double> a("a", Tensor<double>({2}, {1, 2})), b("b", Tensor<double>({1}, {3}));
  a.grad.fill(5);
  b.grad.fill(6);
  zero_grad(std::vector{&a, &b});
  EXPECT_EQ(a.grad, Tensor<double>({2}));
  EXPECT_EQ(b.grad, Tensor<double>({1}));
  EXPECT_EQ(a.value, Tensor<double>({2}, {1, 2}));
}

// ## Errors

TEST(Layer, RequireColumnsNamesTheLayerAndBothShapes) {
  Random random(1);
  const Dense<double> layer(4, 3, random);
  EXPECT_NO_THROW(require_columns(layer, {5, 4}, 4));
  EXPECT_NO_THROW(require_columns(layer, {0, 4}, 4));
  EXPECT_EQ(laws::shape_error_of([&] {
              require_columns(layer, {5, 3}, 4);
            }),
            "Dense(4, 3): x is (5, 3) but (N, 4) was expected");
  for (const Shape& x : {Shape{4}, Shape{5, 2, 2}, Shape{4, 5}, Shape{}})
    EXPECT_THROW(require_columns(layer, x, 4), ShapeError) << x;
}

TEST(Layer, RequireUpstreamNamesTheLayerAndBothShapes) {
  const Relu<double> layer;
  EXPECT_NO_THROW(require_upstream(layer, {5, 4}, {5, 4}));
  EXPECT_EQ(laws::shape_error_of([&] {
              require_upstream(layer, {4, 5}, {5, 4});
            }),
            "Relu::backward: dy is (4, 5) but the last forward returned (5, 4)");
  EXPECT_THROW(require_upstream(layer, {20}, {5, 4}), ShapeError);
}
