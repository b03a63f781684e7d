// # How weights begin
//
// What a layer passes on should neither grow nor fade: a factor of 2 at each of ten layers is a factor of 1000. Which
// random weights W (K, D) keep it?
//
// **Forward.** Let weights be independent of each other and x, with mean 0 and variance \f$ \sigma^2 \f$. A unit sums
// K terms, \f$ y = \sum_k x_k w_k \f$. In its square the mixed terms have mean 0, as \f$ \mathrm{E}[w_k w_l] = 0 \f$:
// \f[
//   \mathrm{E}[y^2] = \sum_k \mathrm{E}[x_k^2]\, \mathrm{E}[w_k^2] = K \sigma^2\, \mathrm{E}[x^2] .
// \f]
// So \f$ \sigma^2 = 1/K \f$ keeps the mean square as it is (LeCun et al. 1998).
//
// **Backward.** \f$ dx_k = \sum_d dy_d\, w_{kd} \f$ sums D terms, and by the same reasoning asks for \f$ 1/D \f$. Both
// cannot be had unless K = D. Glorot and Bengio (2010) meet in the middle, at the mean of K and D:
// \f[
//   \sigma^2 = \frac{2}{K + D}, \qquad\text{uniform in } \pm\sqrt{\frac{6}{K + D}} ,
//   \qquad\text{for}\qquad \frac{1}{2a} \int_{-a}^{a} w^2\, dw = \frac{a^2}{3} .
// \f]
// **Rectifiers.** The distribution of y is symmetric, so a rectifier lets half of \f$ \mathrm{E}[y^2] \f$ pass, and
// \f$ \sigma^2 = 2/K \f$ makes up for it (He et al. 2015).
//
// **Orthogonal.** All that holds on average, and some directions grow while others fade. Where the rows of W are
// orthonormal, \f$ W W^\top = 1 \f$, none does:
// \f[
//   \lVert x W \rVert^2 = x W W^\top x^\top = \lVert x \rVert^2 .
// \f]
// Orthonormal columns do this for \f$ dy\, W^\top \f$, and a square matrix has both (Saxe, McClelland, Ganguli 2014).

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

// ## The check
//
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

// Orthogonal weights keep lengths exactly: those of rows forward when they are wide, those of gradients backward when
// they are tall, both when they are square.

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

TEST(Initializers, OrthogonalKeepsLengths) {
  Random random(1, "init");
  const Tensor<double> tall = orthogonal(7, 4, random), wide = orthogonal(4, 7, random),
                       square = orthogonal(60, 60, random);
  const Tensor<double> four = normal({1, 4}, random), sixty = normal({1, 60}, random);
  EXPECT_NEAR(norm(matmul(four, wide)), norm(four), 1e-14);
  EXPECT_NEAR(norm(matmul_nt(four, tall)), norm(four), 1e-14);
  EXPECT_NEAR(norm(matmul(sixty, square)), norm(sixty), 1e-13);
  EXPECT_NEAR(norm(matmul_nt(sixty, square)), norm(sixty), 1e-13);
}

// ## By hand
//
// Two inputs give He the deviation \f$ \sqrt{2/2} = 1 \f$, four give LeCun \f$ \sqrt{1/4} = 1/2 \f$, and two inputs and
// four outputs give Glorot the bounds \f$ \pm\sqrt{6/6} \f$: the very numbers of a stream that goes in step, halved for
// LeCun. A single orthogonal row is a normal one divided by its length.

TEST(Initializers, ByHand) {
  Random random(1, "init"), same(1, "init");
  EXPECT_EQ(he_normal(2, 3, random), normal({2, 3}, same));
  EXPECT_EQ(lecun_normal(4, 3, random), normal({4, 3}, same) * 0.5);
  EXPECT_EQ(glorot_uniform(2, 4, random), uniform(-1, 1)(2, 4, same));
  const Tensor<double> row = normal({1, 3}, same);
  EXPECT_LE(relative_error(orthogonal(1, 3, random), row * (1 / norm(row))), 1e-15);
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
