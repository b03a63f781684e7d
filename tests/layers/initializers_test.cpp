// # How weights begin
//
// Let the K inputs of a unit be independent, with mean 0 and variance v, and its weights as well, with variance
// \f$ \sigma^2 \f$. Then its output \f$ y = \sum_k x_k w_k \f$ has variance
// \f[
//   \mathrm{Var}[y] = K\, v\, \sigma^2 .
// \f]
// With \f$ \sigma^2 = 1/K \f$ values neither grow nor fade through layers (LeCun et al. 1998). Backward the sum goes over
// the D outputs and asks for \f$ 1/D \f$; Glorot and Bengio take the mean, \f$ \sigma^2 = 2/(K + D) \f$, which a uniform
// distribution in \f$ \pm\sqrt{6/(K+D)} \f$ has, as that in \f$ \pm a \f$ has variance \f$ a^2/3 \f$. A rectifier lets
// half of \f$ \mathrm{E}[y^2] \f$ pass; He et al. make up for it with \f$ 2/K \f$.

#include "mend/layers/initializers.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mend/check/oracles.hpp"
#include "mend/layers/relu.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

double variance(const Tensor<double>& x) {
  return dot(x, x) / static_cast<double>(x.size()) - mean(x) * mean(x);
}

Tensor<double> normal(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.normal(); });
}

Tensor<double> identity(std::size_t n) {
  Tensor<double> one({n, n});
  for (std::size_t i = 0; i < n; ++i) one(i, i) = 1;
  return one;
}

}  // namespace

// 60,000 draws give a variance to about 1 %; the bands are 3 %.

TEST(Initializers, HaveTheirVariance) {
  Random random(1, "init");
  const std::vector<std::pair<Initializer, double>> all{{glorot_uniform, 2.0 / (200 + 300)},
                                                        {he_normal, 2.0 / 200},
                                                        {lecun_normal, 1.0 / 200},
                                                        {uniform(-0.6, 0.6), 0.36 / 3}};
  for (const auto& [initializer, expected] : all) {
    const Tensor<double> w = initializer(200, 300, random);
    EXPECT_EQ(w.shape(), (Shape{200, 300}));
    EXPECT_NEAR(variance(w) / expected, 1, 0.03);
    EXPECT_NEAR(mean(w), 0, 5 * std::sqrt(expected / 60'000));
  }
}

TEST(Initializers, GlorotStaysInItsBoundsAndReachesThem) {
  Random random(1, "init");
  const Tensor<double> w = glorot_uniform(200, 300, random);
  const double bound = std::sqrt(6.0 / 500);
  const auto [low, high] = std::minmax_element(w.begin(), w.end());
  EXPECT_GE(*low, -bound);
  EXPECT_LT(*high, bound);
  EXPECT_LT(*low, -0.99 * bound);
  EXPECT_GT(*high, 0.99 * bound);
}

TEST(Initializers, UniformHasTheGivenBounds) {
  Random random(1, "init");
  const Tensor<double> w = uniform(2, 3)(20, 30, random);
  for (const double v : w) {
    EXPECT_GE(v, 2);
    EXPECT_LT(v, 3);
  }
}

// What they are for: through ten layers of 200 rectifiers, \f$ \mathrm{E}[y^2] \f$ stays what it was with He's weights,
// and halves at each layer with LeCun's.

TEST(Initializers, HeKeepsTheSignalAliveThroughRectifiers) {
  for (const auto& [initializer, per_layer] :
       std::vector<std::pair<Initializer, double>>{{he_normal, 1.0}, {lecun_normal, 0.5}}) {
    Random random(1, "init");
    Tensor<double> y = normal({100, 200}, random);
    for (int layer = 0; layer < 10; ++layer)
      y = matmul(Relu<double>().predict(y), initializer(200, 200, random));
    const double power = dot(y, y) / static_cast<double>(y.size());
    EXPECT_NEAR(std::log2(power / std::pow(per_layer, 10)), 0, 1.5);
  }
}

// Orthonormal columns keep the length of what is multiplied from the right, rows from the left; a square matrix has both.

TEST(Initializers, OrthogonalHasOrthonormalColumnsOrRows) {
  Random random(1, "init");
  const Tensor<double> tall = orthogonal(7, 4, random), wide = orthogonal(4, 7, random),
                       square = orthogonal(60, 60, random);
  EXPECT_EQ(tall.shape(), (Shape{7, 4}));
  EXPECT_EQ(wide.shape(), (Shape{4, 7}));
  EXPECT_LE(relative_error(matmul_tn(tall, tall), identity(4)), 1e-14);
  EXPECT_LE(relative_error(matmul_nt(wide, wide), identity(4)), 1e-14);
  EXPECT_LE(relative_error(matmul_tn(square, square), identity(60)), 1e-13);
  EXPECT_LE(relative_error(matmul_nt(square, square), identity(60)), 1e-13);
  EXPECT_GT(relative_error(square, identity(60)), 0.1) << "random, not the identity";
}

TEST(Initializers, DrawTheSameFromTheSameStream) {
  for (const Initializer& initializer :
       {Initializer(glorot_uniform), Initializer(he_normal), Initializer(lecun_normal),
        Initializer(orthogonal), uniform(-1, 1)}) {
    Random random(7, "init"), same(7, "init"), other(8, "init");
    const Tensor<double> w = initializer(5, 3, random);
    EXPECT_EQ(initializer(5, 3, same), w);
    EXPECT_NE(initializer(5, 3, other), w);
    EXPECT_NE(initializer(5, 3, random), w) << "the stream moves on";
  }
}
