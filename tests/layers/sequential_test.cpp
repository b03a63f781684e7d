// # Layers in sequence
//
// A network is a chain of layers, each taking what the one before returns:
// \f[
//   x_0 = x, \qquad x_i = f_i(x_{i-1}), \qquad y = x_k .
// \f]
// **Backward.** By the chain rule the gradient runs through the layers in reverse,
// \f[
//   dx_k = dy, \qquad dx_{i-1} = J_{f_i}(x_{i-1})^\top\, dx_i , \qquad dx = dx_0 ,
// \f]
// and each step is the backward of one layer, which on the way leaves the gradients of its own parameters. That is all
// of backpropagation (Rumelhart, Hinton and Williams 1986). Multiplying from the back costs one vector-matrix product
// per layer; from the front it would be matrix times matrix.
//
// A chain is a layer itself, so chains can be links of chains.

#include "mend/layers/sequential.hpp"

#include "golden/golden.hpp"
#include "layers/layer_laws.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace mend;

namespace {

const auto make = []<class T>(Random& random) {
  Sequential<T> net;
  net.template add<Dense>(4, 6, random).template add<Relu>().template add<Dense>(6, 3, random);
  net.template add<Sigmoid>();
  return net;
};

}  // namespace

// ## The proof
//
// Every layer has its own proof. That of the chain shows that they are called in the right order, with the right things.

TEST(Sequential, GradientIsExact) {
  const CheckReport report = check_layer(make, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
  std::cout << report;
}

TEST(Sequential, ObeysTheLaws) { laws::expect_layer_laws(make, Shape{5, 4}, {.complains_as = "Sigmoid"}); }

TEST(Sequential, ObeysTheLawsWithARandomLayerAndAChainInside) {
  const auto nested = []<class T>(Random& random) {
    Sequential<T> inner;
    inner.template add<Relu>().template add<Dropout>(0.4, Random(5, "dropout"));
    Sequential<T> net;
    net.template add<Dense>(4, 6, random).template add<Sequential>(std::move(inner));
    net.template add<Dense>(6, 3, random);
    return net;
  };
  laws::expect_layer_laws(nested, Shape{5, 4}, {.complains_as = "Dense"});
  const CheckReport report = check_layer(nested, Shape{5, 4});
  EXPECT_TRUE(report.passed()) << report;
}

// A chain of linear layers without biases is linear, and its backward is the adjoint, with the transposes in reverse:
// \f$ \langle x\,UVW, r \rangle = \langle x, r\,W^\top V^\top U^\top \rangle \f$ for any x and r.

TEST(Sequential, BackwardIsTheAdjointOfForward) {
  Random random(4);
  Sequential<double> net;  // the biases are zero
  net.add<Dense>(4, 6, random).add<Dense>(6, 2, random).add<Dense>(2, 3, random);
  const Tensor<double> x = random_normal({5, 4}, random), r = random_normal({5, 3}, random);
  const double there = dot(net.forward(x), r);
  EXPECT_NEAR(there, dot(x, net.backward(r)), 1e-13);
}

// ## By hand
//
// Two scalars in a row, \f$ y = \mathrm{ReLU}(2x + 1) \cdot 3 - 4 \f$. At x = 5 it is 29, at x = -5 it is -4. Upstream
// 1 and 10: dx is 6 for the first and 0 for the second, whose rectifier is off.

TEST(Sequential, ByHand) {
  Sequential<double> net;
  net.add<Dense>(Tensor<double>({1, 1}, {2}), Tensor<double>({1}, {1})).add<Relu>();
  net.add<Dense>(Tensor<double>({1, 1}, {3}), Tensor<double>({1}, {-4}));
  EXPECT_EQ(net.forward(Tensor<double>({2, 1}, {5, -5})), Tensor<double>({2, 1}, {29, -4}));
  EXPECT_EQ(net.backward(Tensor<double>({2, 1}, {1, 10})), Tensor<double>({2, 1}, {6, 0}));
  const std::vector<double> expected{15, 3, 11, 11};  // weight, bias, weight, bias
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(net.parameters()[i]->grad[0], expected[i]) << i;
}

TEST(Sequential, NamesParametersByTheNumberOfTheirLayer) {
  Random random(1);
  Sequential<float> inner;
  inner.add<Dense>(3, 2, random);
  Sequential<float> net;
  net.add<Dense>(4, 3, random).add<Relu>().add<Sequential>(std::move(inner));
  EXPECT_EQ(net.describe(), "Sequential(Dense(4, 3), Relu, Sequential(Dense(3, 2)))");
  std::vector<std::string> names;
  for (const auto* p : net.parameters()) names.push_back(p->name);
  EXPECT_EQ(names, (std::vector<std::string>{"0.weight", "0.bias", "2.0.weight", "2.0.bias"}));
}

TEST(Sequential, CollectsTheStreamsOfItsLayersInOrder) {
  Sequential<float> net;
  net.add<Dropout>(0.1, Random(1)).add<Relu>().add<Dropout>(0.2, Random(2));
  ASSERT_EQ(net.random_streams().size(), 2);
  EXPECT_EQ(net.random_streams()[0]->state(), Random(1).state());
  EXPECT_EQ(net.random_streams()[1]->state(), Random(2).state());
}

TEST(Sequential, OfNoLayersIsTheIdentity) {
  Sequential<double> net;
  const Tensor<double> x({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(net.predict(x), x);
  EXPECT_EQ(net.forward(x), x);
  EXPECT_EQ(net.backward(x), x);
  EXPECT_NO_THROW(net.backward_to_parameters(x));
  EXPECT_EQ(net.output_shape({2, 2}), (Shape{2, 2}));
  EXPECT_EQ(net.describe(), "Sequential()");
}

TEST(Sequential, GivesAccessToItsLayers) {
  Random random(1);
  Sequential<float> net;
  net.add<Dense>(4, 3, random).add<Relu>();
  EXPECT_EQ(net.size(), 2);
  EXPECT_EQ(net[0].describe(), "Dense(4, 3)");
  EXPECT_EQ(std::as_const(net)[1].describe(), "Relu");
}

// ## A second opinion
//
// PyTorch's `nn.Sequential` of the same four layers agrees on y, on dx and on the gradients of all four parameters.

TEST(Sequential, AgreesWithPyTorch) { expect_layer_of_pytorch("sequential", make); }

// ## Errors

TEST(Sequential, NamesTheLayerThatDoesNotFit) {
  Random random(1);
  Sequential<float> net;
  net.add<Dense>(4, 6, random).add<Dense>(5, 3, random);
  EXPECT_EQ(laws::shape_error_of([&] {
              net.predict(Tensor<float>({2, 4}));
            }),
            "Dense(5, 3): x is (2, 6) but (N, 5) was expected");
  EXPECT_THROW(net.forward(Tensor<float>({2, 4})), ShapeError);
  EXPECT_THROW(net.output_shape({2, 4}), ShapeError);
}

TEST(Sequential, RefusesALayerThatIsNotThere) {
  Sequential<float> net;
  EXPECT_THROW(net[0], Error);
  EXPECT_THROW(net.add(nullptr), Error);
}
