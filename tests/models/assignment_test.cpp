#include "mend/models/assignment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mend/baselines/pca.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/layers/dense.hpp"
#include "mend/losses/mse.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/optimizers/schedule.hpp"
#include "mend/tensor/ops.hpp"

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

// 784-2-784 as the assignment's, but without its sigmoid.
Sequential<float> linear_autoencoder(Random& init) {
  Sequential<float> net;
  net.add<Dense>(784, 2, init).add<Dense>(2, 784, init);
  return net;
}

// Generated fives and sevens: the theorems below hold for any images.
const Tensor<float>& images() {
  static const Tensor<float> x = to_rows(stroke_digits(200, 10, 1, {5, 7}).train);
  return x;
}

const Pca& all_components() {
  static const Pca pca(images(), 784);
  return pca;
}

// What k components lose of the images, per pixel: the variances that they leave out.
double loss_of_components(std::size_t k) {
  double left_out = 0;
  for (std::size_t i = k; i < 784; ++i) left_out += all_components().variances()[i];
  return left_out / 784;
}

double loss_of(const Sequential<float>& net) {
  return mse(cast<double>(net.predict(images())), cast<double>(images())).value;
}

// Steps over the whole training set; the rate falls to 0, so that the last ones do not jump about the minimum.
// Calls `look` before each step and after the last.
template <class Look>
void train(Sequential<float>& net, std::size_t steps, double rate, Look look) {
  Adam<float> adam(net.parameters(), rate);
  const Schedule falling = cosine_schedule(steps);
  for (std::size_t t = 0; t < steps; ++t) {
    look(t);
    adam.set_learning_rate(rate * falling(t));
    adam.zero_grad();
    net.backward_to_parameters(mse(net.forward(images()), images()).gradient);
    adam.step();
  }
  look(steps);
}

// The product of the cosines of the two angles between the planes that the rows of w (2, D) and the orthonormal rows of
// c (2, D) span. Projected onto the other plane, an area shrinks by just this factor; areas are determinants.
double cosines_between_planes(const Tensor<float>& w, const Tensor<float>& c) {
  const auto determinant = [](const Tensor<double>& m) { return m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0); };
  const Tensor<double> rows = cast<double>(w);
  return std::abs(determinant(matmul_nt(rows, cast<double>(c)))) /
         std::sqrt(determinant(matmul_nt(rows, rows)));
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

// Theorem: with two code units and a linear decoder no network beats two principal components on the images it learns
// from, whatever its encoder and however it is trained. All outputs z W + b lie in one plane, and of all planes that of
// the components lies nearest to the images (Eckart and Young 1936). A millionth is left to the rounding of float.
TEST(EmbeddingAutoencoder, NeverBeatsTwoPrincipalComponents) {
  const double floor = loss_of_components(2) * (1 - 1e-6);
  for (const auto make : {embedding_autoencoder, linear_autoencoder})
    for (const std::uint64_t seed : {1, 2, 3}) {
      Random init(seed, "init");
      Sequential<float> net = make(init);
      train(net, 100, 0.02, [&](std::size_t step) {
        if (step % 20 == 0) {
          EXPECT_GE(loss_of(net), floor) << net.describe() << ", step " << step;
        }
      });
    }
}

// It is no empty theorem: with a linear encoder, whose loss has no other minima (Baldi and Hornik 1989), training gets
// there and finds the same plane. Nor is the comparison blind: one component is beaten, and another plane told apart.
TEST(EmbeddingAutoencoder, WithoutItsSigmoidFindsTwoPrincipalComponents) {
  Random init(1, "init");
  Sequential<float> net = linear_autoencoder(init);
  train(net, 1200, 0.02, [](std::size_t) {});
  EXPECT_GE(loss_of(net), loss_of_components(2) * (1 - 1e-6));
  EXPECT_LE(loss_of(net), loss_of_components(2) * (1 + 1e-4));
  EXPECT_LT(loss_of(net), loss_of_components(1) * 0.9);

  const Tensor<float>& decoder = dynamic_cast<const Dense<float>&>(net[1]).weight();
  const auto cosines_to = [&](std::size_t first) {
    return cosines_between_planes(decoder, slice_rows(all_components().components(), first, 2));
  };
  EXPECT_GE(cosines_to(0), 0.999);
  EXPECT_LE(cosines_to(1), 0.1);  // the second and the third component
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
