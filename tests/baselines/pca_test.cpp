#include "mend/baselines/pca.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<float> normal(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.normal()); });
}

// Data with a mean and with correlations: noise times a random matrix, whose columns shrink.
Tensor<float> correlated(std::size_t n, std::size_t width, Random& random) {
  Tensor<float> mix = normal({width, width}, random);
  for (std::size_t i = 0; i < width; ++i)
    for (std::size_t j = 0; j < width; ++j) mix(i, j) /= static_cast<float>(i + 1);
  return add_rows(matmul(normal({n, width}, random), mix), normal({width}, random));
}

// The mean over the rows of |a_n - b_n|^2.
double squared_distance(const Tensor<float>& a, const Tensor<float>& b) {
  const Tensor<double> difference = cast<double>(a) - cast<double>(b);
  return dot(difference, difference) / static_cast<double>(a.dim(0));
}

double loss(const Pca& pca, const Tensor<float>& x) { return squared_distance(pca.decode(pca.encode(x)), x); }

double total(const Tensor<double>& x, std::size_t first) {
  double sum = 0;
  for (std::size_t i = first; i < x.size(); ++i) sum += x[i];
  return sum;
}

}  // namespace

// Four points at +-3 along u = (cos 30, sin 30) and +-1 along v = (-sin 30, cos 30), around (5, -2):
// the variances are 2 * 9 / 4 and 2 * 1 / 4, the components u and v.
TEST(Pca, FindsTheAxesOfARhombus) {
  const double c = std::cos(std::numbers::pi / 6), s = std::sin(std::numbers::pi / 6);
  Tensor<float> x({4, 2});
  const double along_u[] = {3, -3, 0, 0}, along_v[] = {0, 0, 1, -1};
  for (std::size_t n = 0; n < 4; ++n) {
    x(n, 0) = static_cast<float>(5 + along_u[n] * c - along_v[n] * s);
    x(n, 1) = static_cast<float>(-2 + along_u[n] * s + along_v[n] * c);
  }
  const Pca pca(x, 2);
  EXPECT_NEAR(pca.mean()[0], 5, 1e-6);
  EXPECT_NEAR(pca.mean()[1], -2, 1e-6);
  EXPECT_NEAR(pca.variances()[0], 4.5, 1e-6);
  EXPECT_NEAR(pca.variances()[1], 0.5, 1e-6);
  EXPECT_NEAR(pca.components()(0, 0), c, 1e-6);
  EXPECT_NEAR(pca.components()(0, 1), s, 1e-6);
  EXPECT_NEAR(pca.components()(1, 0), -s, 1e-6);
  EXPECT_NEAR(pca.components()(1, 1), c, 1e-6);
  const Tensor<float> code = pca.encode(x);
  for (std::size_t n = 0; n < 4; ++n) {
    EXPECT_NEAR(code(n, 0), along_u[n], 1e-5);
    EXPECT_NEAR(code(n, 1), along_v[n], 1e-5);
  }
}

TEST(Pca, HasOrthonormalComponentsWhoseLargestEntryIsPositive) {
  Random random(1);
  const Pca pca(correlated(200, 20, random), 7);
  ASSERT_EQ(pca.components().shape(), (Shape{7, 20}));
  const Tensor<float> products = matmul_nt(pca.components(), pca.components());
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t j = 0; j < 7; ++j) EXPECT_NEAR(products(i, j), i == j ? 1 : 0, 1e-6);
    float largest = 0;
    for (std::size_t d = 0; d < 20; ++d)
      if (std::abs(pca.components()(i, d)) > std::abs(largest)) largest = pca.components()(i, d);
    EXPECT_GT(largest, 0);
  }
}

TEST(Pca, HasFallingVariancesWhichAreThoseOfTheUncorrelatedCodes) {
  Random random(2);
  const Tensor<float> x = correlated(300, 12, random);
  const Pca pca(x, 12);
  for (std::size_t i = 1; i < 12; ++i) EXPECT_GE(pca.variances()[i - 1], pca.variances()[i]);
  const Tensor<double> code = cast<double>(pca.encode(x));
  const Tensor<double> moments = matmul_tn(code, code) * (1.0 / 300), means = sum_rows(code) * (1.0 / 300);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_NEAR(means[i], 0, 1e-5 * std::sqrt(pca.variances()[0]));
    for (std::size_t j = 0; j < 12; ++j)
      EXPECT_NEAR(moments(i, j), i == j ? pca.variances()[i] : 0, 1e-5 * pca.variances()[0]);
  }
}

TEST(Pca, LosesTheSumOfTheVariancesItDrops) {
  Random random(3);
  const Tensor<float> x = correlated(500, 30, random);
  const Pca all(x, 30);
  for (const std::size_t k : {1, 2, 5, 15, 29}) {
    const double dropped = total(all.variances(), k);
    EXPECT_NEAR(loss(Pca(x, k), x), dropped, 1e-5 * dropped + 1e-10) << "k = " << k;
  }
}

TEST(Pca, WithAllComponentsLosesNothing) {
  Random random(4);
  const Tensor<float> x = correlated(100, 16, random);
  const Tensor<float> y = Pca(x, 16).decode(Pca(x, 16).encode(x));
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(y[i], x[i], 1e-5);
}

TEST(Pca, WithFewerRowsThanFeaturesSpansTheData) {
  Random random(5);
  const Tensor<float> x = correlated(6, 40, random);
  const Pca all(x, 40);
  EXPECT_NEAR(total(all.variances(), 5), 0, 1e-10 * all.variances()[0]);  // six points span five directions
  EXPECT_NEAR(loss(Pca(x, 5), x), 0, 1e-9);
  for (const double variance : all.variances()) EXPECT_GE(variance, 0);
}

// Eckart and Young: no other projection onto k directions loses less, however they are chosen.
TEST(Pca, LosesLessThanAnyOtherProjection) {
  Random random(6);
  const Tensor<float> x = correlated(200, 10, random);
  const Pca pca(x, 3);
  const double least = loss(pca, x);
  for (int trial = 0; trial < 200; ++trial) {
    // From close to the components to anywhere: orthonormal rows by Gram and Schmidt.
    const float distance = trial < 100 ? 0.05f : 10.0f;
    Tensor<float> q = pca.components() + normal({3, 10}, random) * distance;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        const float product = dot(slice_rows(q, i, 1), slice_rows(q, j, 1));
        for (std::size_t d = 0; d < 10; ++d)
          q(i, d) = j < i ? q(i, d) - product * q(j, d) : q(i, d) / std::sqrt(product);
      }
    const Tensor<float> centred = add_rows(x, pca.mean() * -1);
    const Tensor<float> projected = matmul(matmul_nt(centred, q), q);
    ASSERT_GT(squared_distance(projected, centred), least);
  }
}

TEST(Pca, SaysWhatIsWrong) {
  const Tensor<float> x({4, 3});
  EXPECT_EQ(message_of<Error>([&] { Pca(x, 0); }), "Pca: expected 1 to 3 components for x (4, 3), found 0");
  EXPECT_EQ(message_of<Error>([&] { Pca(x, 4); }), "Pca: expected 1 to 3 components for x (4, 3), found 4");
  EXPECT_EQ(message_of<ShapeError>([] {
              Pca(Tensor<float>({1, 3}), 1);
            }),
            "Pca: x is (1, 3) but (N, D) with N >= 2 was expected");
  EXPECT_EQ(message_of<ShapeError>([] { Pca(Tensor<float>({12}), 1); }),
            "Pca: x is (12) but (N, D) with N >= 2 was expected");
  const Pca pca(x, 2);
  EXPECT_THROW(pca.encode(Tensor<float>({4, 2})), ShapeError);
  EXPECT_THROW(pca.decode(Tensor<float>({4, 3})), ShapeError);
}
