#include "mend/baselines/pca_fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<float> normal(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.normal()); });
}

// Points of a plane with two dimensions around (1/2, ..., 1/2), well inside [0, 1].
Tensor<float> in_a_plane(std::size_t n, std::size_t pixels, Random& random) {
  const Tensor<float> codes =
      map(Tensor<float>({n, 2}), [&](float) { return static_cast<float>(random.uniform(-0.1, 0.1)); });
  const Tensor<float> directions =
      map(Tensor<float>({2, pixels}), [&](float) { return static_cast<float>(random.uniform(-1, 1)); });
  return add_rows(matmul(codes, directions), Tensor<float>({pixels}, 0.5f));
}

// The mean squared difference at the known pixels between x and the point of the plane with code (c0, c1), and the
// code that makes it least: the two normal equations, solved by Cramer's rule. Image n only, in double.
struct LeastSquares {
  double c0, c1;
};
LeastSquares least_squares(const Pca& pca, const Tensor<float>& x, const Mask& mask, std::size_t n) {
  double a00 = 0, a01 = 0, a11 = 0, b0 = 0, b1 = 0;
  for (std::size_t d = 0; d < x.dim(1); ++d) {
    if (mask.hole()(n, d) != 0) continue;
    const double v0 = pca.components()(0, d), v1 = pca.components()(1, d), t = x(n, d) - pca.mean()[d];
    a00 += v0 * v0, a01 += v0 * v1, a11 += v1 * v1, b0 += v0 * t, b1 += v1 * t;
  }
  const double determinant = a00 * a11 - a01 * a01;
  return {(a11 * b0 - a01 * b1) / determinant, (a00 * b1 - a01 * b0) / determinant};
}

}  // namespace

TEST(PcaFill, RecoversDataThatLieInThePlane) {
  Random random(1);
  const Tensor<float> data = in_a_plane(300, 36, random);
  const Tensor<float> train = slice_rows(data, 0, 200), test = slice_rows(data, 200, 100);
  const Mask mask = draw_masks(MaskFamily::patch, 4, 100, random, 6, 6);
  const Tensor<float> u = PcaFill(train, 2, 300)(damage(test, mask), mask);
  for (std::size_t i = 0; i < u.size(); ++i) EXPECT_NEAR(u[i], test[i], 1e-4);
}

// For data beside the plane too: what the iteration converges to is the least-squares fit to the known pixels.
TEST(PcaFill, ConvergesToTheLeastSquaresFitOfTheKnownPixels) {
  Random random(2);
  const Tensor<float> noise = normal({300, 36}, random) * 0.02f;
  const Tensor<float> data = in_a_plane(300, 36, random) + noise;
  const Tensor<float> train = slice_rows(data, 0, 200), test = slice_rows(data, 200, 100);
  const Pca pca(train, 2);
  const Mask mask = draw_masks(MaskFamily::vertical_stripe, 3, 100, random, 6, 6);
  const Tensor<float> u = PcaFill(pca, 400)(damage(test, mask, 7), mask);
  for (std::size_t n = 0; n < 100; ++n) {
    const LeastSquares code = least_squares(pca, test, mask, n);
    for (std::size_t d = 0; d < 36; ++d) {
      const double fit = pca.mean()[d] + code.c0 * pca.components()(0, d) + code.c1 * pca.components()(1, d);
      EXPECT_NEAR(u(n, d), mask.hole()(n, d) != 0 ? std::clamp(fit, 0.0, 1.0) : test(n, d), 1e-5);
    }
  }
}

// One component v: after t iterations the code has gone 1 - (1 - s)^t of its way, s the share of |v|^2 that is known.
TEST(PcaFill, GoesTheStatedShareOfItsWay) {
  const Tensor<float> train({2, 4}, {0.3f, 0.4f, 0.6f, 0.7f, 0.7f, 0.6f, 0.4f, 0.3f});  // v ~ (2, 1, -1, -2)
  Mask mask(1, 1, 4);
  mask.cut(0, 0, 0, 1, 1);
  mask.cut(0, 0, 3, 1, 1);  // known: 1 and -1, the share 2 / 10
  const Tensor<float> x({1, 4}, {0, 0.55f, 0.45f, 0});
  for (const std::size_t t : {1, 2, 5}) {
    const double way = 1 - std::pow(0.8, static_cast<double>(t));
    const Tensor<float> u = PcaFill(train, 1, t)(x, mask);
    EXPECT_NEAR(u[0], 0.5 + way * 0.1, 1e-6);
    EXPECT_NEAR(u[3], 0.5 - way * 0.1, 1e-6);
    EXPECT_EQ(u[1], 0.55f);
  }
}

TEST(PcaFill, OfAnImageWithoutKnownPixelsIsTheMean) {
  Random random(3);
  const Tensor<float> train = in_a_plane(50, 16, random);
  const PcaFill fill(train, 3, 10);
  Mask mask(1, 4, 4);
  mask.cut(0, 0, 0, 4, 4);
  const Tensor<float> u = fill(Tensor<float>({1, 16}, 9), mask), mean = mean_rows(train);
  for (std::size_t d = 0; d < 16; ++d) EXPECT_NEAR(u[d], mean[d], 1e-6);
}

TEST(PcaFill, IsClippedToTheRangeOfImages) {
  const Tensor<float> train({2, 2}, {0, 0, 0.5f, 1});  // the line (a, 2 a)
  Mask mask(2, 1, 2);
  mask.cut(0, 0, 1, 1, 1);
  mask.cut(1, 0, 1, 1, 1);
  EXPECT_EQ(PcaFill(train, 1, 200)(Tensor<float>({2, 2}, {0.75f, 0, 1, 0}), mask),
            Tensor<float>({2, 2}, {0.75f, 1, 1, 1}));
}

TEST(PcaFill, SaysWhatIsWrong) {
  const Tensor<float> train({4, 4});
  EXPECT_EQ(message_of<Error>([&] { PcaFill(train, 2, 0); }),
            "PcaFill: expected at least 1 iteration, found 0");
  EXPECT_THROW(PcaFill(train, 5, 1), Error);
  EXPECT_THROW(PcaFill(Tensor<float>({1, 4}), 1, 1), ShapeError);
  const PcaFill fill(train, 1, 1);
  EXPECT_THROW(fill(Tensor<float>({1, 4}), Mask(2, 2, 2)), ShapeError);
  EXPECT_THROW(fill(Tensor<float>({2, 6}), Mask(2, 2, 3)), ShapeError);
}
