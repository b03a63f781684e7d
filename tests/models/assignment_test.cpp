#include "mend/models/assignment.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace mend;

namespace {

std::size_t count(Sequential<float>& net) {
  std::size_t total = 0;
  for (const Parameter<float>* p : net.parameters()) total += p->value.size();
  return total;
}

std::vector<Shape> parameter_shapes(Sequential<float>& net) {
  std::vector<Shape> shapes;
  for (const Parameter<float>* p : net.parameters()) shapes.push_back(p->value.shape());
  return shapes;
}

// A weight (in, out) within Glorot's limit and close to it somewhere, a bias of zeros.
void expect_glorot_uniform(Sequential<float>& net) {
  for (const Parameter<float>* p : net.parameters()) {
    const Shape& shape = p->value.shape();
    const double limit = shape.rank() == 1 ? 0 : std::sqrt(6.0 / static_cast<double>(shape[0] + shape[1]));
    double largest = 0;
    for (const float v : p->value) largest = std::max<double>(largest, std::abs(v));
    EXPECT_LE(largest, limit * (1 + 1e-6)) << p->name;
    EXPECT_GE(largest, limit * 0.99) << p->name;
  }
}

}  // namespace

// 784 * 2 + 2 + 2 * 784 + 784
TEST(EmbeddingAutoencoder, Has3922Parameters) {
  Random init(1, "init");
  Sequential<float> net = embedding_autoencoder(init);
  EXPECT_EQ(count(net), 3922u);
  EXPECT_EQ(parameter_shapes(net), (std::vector<Shape>{{784, 2}, {2}, {2, 784}, {784}}));
  expect_glorot_uniform(net);
}

TEST(EmbeddingAutoencoder, MapsImagesToImagesThroughTwoSigmoids) {
  Random init(1, "init");
  const Sequential<float> net = embedding_autoencoder(init);
  EXPECT_EQ(net.describe(), "Sequential(Dense(784, 2), Sigmoid, Dense(2, 784))");
  EXPECT_EQ(net.output_shape({5, 784}), (Shape{5, 784}));
  EXPECT_EQ(net.predict(Tensor<float>({5, 784}, 0.5f)).shape(), (Shape{5, 784}));
  EXPECT_THROW(net.output_shape({5, 783}), ShapeError);
}

// 784 * 256 + 256 + 256 * 256 + 256 + 256 * 128 + 128 + 128 * 784 + 784; the assignment says "~530K"
TEST(MaskedRestorer, Has400784Parameters) {
  Random init(1, "init");
  Sequential<float> net = masked_restorer(init);
  EXPECT_EQ(count(net), 400'784u);
  EXPECT_EQ(parameter_shapes(net),
            (std::vector<Shape>{{784, 256}, {256}, {256, 256}, {256}, {256, 128}, {128}, {128, 784}, {784}}));
  expect_glorot_uniform(net);
}

TEST(MaskedRestorer, MapsImagesToPixelsBetween0And1) {
  Random init(1, "init");
  const Sequential<float> net = masked_restorer(init);
  EXPECT_EQ(net.describe(),
            "Sequential(Dense(784, 256), Relu, Dense(256, 256), Relu, Dense(256, 128), Relu, Dense(128, "
            "784), Sigmoid)");
  const Tensor<float> y = net.predict(Tensor<float>({3, 784}, 1.0f));
  EXPECT_EQ(y.shape(), (Shape{3, 784}));
  for (const float pixel : y) {
    ASSERT_GT(pixel, 0);
    ASSERT_LT(pixel, 1);
  }
}

TEST(AssignmentModels, BeginAlikeForTheSameSeed) {
  Random a(1, "init"), b(1, "init"), other(2, "init");
  const Tensor<float> x({2, 784}, 0.25f);
  const Tensor<float> y = masked_restorer(a).predict(x);
  EXPECT_EQ(y, masked_restorer(b).predict(x));
  EXPECT_NE(y, masked_restorer(other).predict(x));
}
