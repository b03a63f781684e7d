#include "mend/baselines/gaussian_fill.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <xtensor-blas/xlinalg.hpp>

#include "mend/baselines/mask_groups.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// Normal images around .5 with pixels that depend on their neighbours: rarely outside of [0, 1].
Tensor<float> gaussian_images(std::size_t images, Random& random) {
  constexpr std::size_t side = 5;
  Tensor<float> x({images, side * side});
  for (std::size_t n = 0; n < images; ++n)
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < side; ++j) {
        const double above = i > 0 ? x(n, (i - 1) * side + j) - .5 : 0;
        const double left = j > 0 ? x(n, i * side + j - 1) - .5 : 0;
        x(n, i * side + j) = static_cast<float>(.5 + .5 * above + .4 * left + .05 * random.normal());
      }
  return x;
}

// Every image misses a 2 x 3 rectangle somewhere.
Mask rectangles(std::size_t images, Random& random) {
  Mask mask(images, 5, 5);
  for (std::size_t n = 0; n < images; ++n) mask.cut(n, random.below(4), random.below(3), 2, 3);
  return mask;
}

double hole_error(const Tensor<float>& restored, const Tensor<float>& images, const Mask& mask) {
  const Tensor<double> wrong = multiply(cast<double>(restored - images), cast<double>(mask.hole()));
  return dot(wrong, wrong) / sum(cast<double>(mask.hole()));
}

}  // namespace

// Two pixels, both with variance v and covariance c: the missing one is mean + c / (v + ridge) times what the
// other is above its mean, give or take sqrt(v + ridge - c^2 / (v + ridge)).
TEST(GaussianFill, IsTheRegressionLineOfTwoPixels) {
  // (.2, .3), (.4, .7), (.6, .5), (.8, .9): means .5 and .6, variances .05, covariance .04.
  const Tensor<float> train({4, 2}, {.2f, .3f, .4f, .7f, .6f, .5f, .8f, .9f});
  const double ridge = .03, slope = .04 / (.05 + ridge);
  const GaussianFill fill(train, ridge);
  Mask mask(2, 1, 2);
  mask.cut(0, 0, 1, 1, 1);
  mask.cut(1, 0, 0, 1, 1);
  const Tensor<float> y = fill(Tensor<float>({2, 2}, {.7f, 0, 0, .5f}), mask);
  EXPECT_NEAR(y(0, 0), .7, 1e-7);
  EXPECT_NEAR(y(0, 1), .6 + slope * (.7 - .5), 1e-6);
  EXPECT_NEAR(y(1, 0), .5 + slope * (.5 - .6), 1e-6);
  EXPECT_NEAR(y(1, 1), .5, 1e-7);
  const Tensor<float> sigma = fill.sigma(mask);
  EXPECT_EQ(sigma(0, 0), 0);
  EXPECT_NEAR(sigma(0, 1), std::sqrt(.08 - .04 * .04 / .08), 1e-6);
}

// A chain x1 - x2 - x3 of steps with the same correlation: given x2, x3 tells nothing about x1; given x1 and
// x3 alone, x2 hears both equally.
TEST(GaussianFill, FollowsAMarkovChainOfThreePixels) {
  Random random(1);
  Tensor<float> train({200000, 3});
  constexpr double rho = .8, spread = .1;
  for (std::size_t n = 0; n < train.dim(0); ++n) {
    double z = random.normal();
    for (std::size_t d = 0; d < 3; ++d) {
      if (d > 0) z = rho * z + std::sqrt(1 - rho * rho) * random.normal();
      train(n, d) = static_cast<float>(.5 + spread * z);
    }
  }
  const GaussianFill fill(train, 1e-9);
  Mask mask(2, 1, 3);
  mask.cut(0, 0, 0, 1, 1);
  mask.cut(1, 0, 1, 1, 1);
  const Tensor<float> y = fill(Tensor<float>({2, 3}, {9, .6f, .1f, .6f, 9, .7f}), mask);
  EXPECT_NEAR(y(0, 0), .5 + rho * .1, 2e-3);
  EXPECT_NEAR(y(1, 1), .5 + rho / (1 + rho * rho) * (.1 + .2), 2e-3);
  const Tensor<float> sigma = fill.sigma(mask);
  EXPECT_NEAR(sigma(0, 0), spread * std::sqrt(1 - rho * rho), 1e-3);
  EXPECT_NEAR(sigma(1, 1), spread * std::sqrt((1 - rho * rho) / (1 + rho * rho)), 1e-3);
}

// mean_h + C_hk C_kk^-1 (x_k - mean_k), the textbook's form, on digits with holes of all families.
TEST(GaussianFill, IsTheSameFromTheCovarianceAsFromThePrecision) {
  const Dataset digits = stroke_digits(300, 6, 1, {5, 7});
  const Tensor<float> train = to_rows(digits.train), test = to_rows(digits.test);
  const double ridge = .01;
  const GaussianFill fill(train, ridge);
  Tensor<double> mean = sum_rows(cast<double>(train)) * (1 / 300.0);
  const Tensor<double> centred = add_rows(cast<double>(train), mean * -1);
  Tensor<double> c = matmul_tn(centred, centred) * (1 / 300.0);
  for (std::size_t d = 0; d < 784; ++d) c(d, d) += ridge;

  Mask mask(6, 28, 28);
  mask.cut(0, 0, 9, 28, 5);
  mask.cut(1, 3, 0, 21, 28);
  mask.cut(2, 10, 12, 1, 1);
  mask.cut(3, 8, 8, 13, 13);
  mask.cut(4, 0, 9, 28, 5);  // as image 0
  mask.cut(5, 2, 20, 4, 4);
  mask.cut(5, 20, 5, 3, 9);
  const Tensor<float> y = fill(damage(test, mask), mask), sigma = fill.sigma(mask);
  for (const MaskGroup& group : mask_groups(mask)) {
    const std::size_t h = group.hole.size(), k = group.known.size();
    xt::xtensor<double, 2> ckk({k, k}), chk({h, k});
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < k; ++j) ckk(i, j) = c(group.known[i], group.known[j]);
    for (std::size_t i = 0; i < h; ++i)
      for (std::size_t j = 0; j < k; ++j) chk(i, j) = c(group.hole[i], group.known[j]);
    const xt::xtensor<double, 2> gain = xt::linalg::dot(chk, xt::linalg::inv(ckk));
    for (const std::size_t n : group.images)
      for (std::size_t i = 0; i < h; ++i) {
        double value = mean[group.hole[i]], variance = c(group.hole[i], group.hole[i]);
        for (std::size_t j = 0; j < k; ++j) {
          value += gain(i, j) * (static_cast<double>(test(n, group.known[j])) - mean[group.known[j]]);
          variance -= gain(i, j) * chk(i, j);
        }
        ASSERT_NEAR(y(n, group.hole[i]), std::clamp(value, 0.0, 1.0), 1e-5) << "image " << n;
        ASSERT_NEAR(sigma(n, group.hole[i]), std::sqrt(variance), 1e-5) << "image " << n;
      }
  }
}

TEST(GaussianFill, LosesLessOnGaussianImagesThanAnyOtherLinearFill) {
  Random random(2);
  const Tensor<float> train = gaussian_images(20000, random), test = gaussian_images(2000, random);
  const Mask mask = rectangles(2000, random);
  const GaussianFill fill(train, 1e-6);
  const Tensor<float> y = fill(test, mask);
  const double least = hole_error(y, test, mask);
  EXPECT_LT(least, .7 * hole_error(add_rows(test * 0, cast<float>(fill.mean())), test, mask));
  for (int trial = 0; trial < 50; ++trial) {
    // Some known pixel pulls every missing one a little more or less than it should.
    const std::size_t puller = random.below(25);
    const double pull = random.below(2) == 0 ? .1 : -.1;
    Tensor<float> other = y;
    for (std::size_t n = 0; n < 2000; ++n)
      if (mask.hole()(n, puller) == 0)
        for (std::size_t d = 0; d < 25; ++d)
          other(n, d) += static_cast<float>(pull * (test(n, puller) - fill.mean()[puller]));
    EXPECT_GT(hole_error(other, test, mask), least) << "pixel " << puller << " pulls by " << pull;
  }
}

TEST(GaussianFill, SigmaCoversNineTenthsOfGaussianPixels) {
  Random random(3);
  const Tensor<float> train = gaussian_images(20000, random), test = gaussian_images(4000, random);
  const Mask mask = rectangles(4000, random);
  const GaussianFill fill(train, 1e-6);
  const Tensor<float> y = fill(test, mask), sigma = fill.sigma(mask);
  double covered = 0, missing = 0;
  for (std::size_t i = 0; i < test.size(); ++i) {
    if (mask.hole()[i] == 0) {
      EXPECT_EQ(sigma[i], 0);
      continue;
    }
    missing += 1;
    covered += std::abs(y[i] - test[i]) <= 1.645 * sigma[i] ? 1 : 0;
  }
  EXPECT_NEAR(covered / missing, .9, .01);  // 24,000 pixels, six to an image
}

TEST(GaussianFill, LeavesKnownPixelsAndLooksIntoNoHole) {
  Random random(4);
  const Tensor<float> train = gaussian_images(500, random), test = gaussian_images(50, random);
  const Mask mask = rectangles(50, random);
  const GaussianFill fill(train);
  const Tensor<float> y = fill(test, mask);
  EXPECT_EQ(y, composite(y, test, mask));
  EXPECT_EQ(y, fill(damage(test, mask, std::numeric_limits<float>::quiet_NaN()), mask));
  for (const float v : y) EXPECT_TRUE(v >= 0 && v <= 1);
}

TEST(GaussianFill, GivesTheMeanWhereNothingIsKnownAndTheImageWhereAllIs) {
  Random random(5);
  const Tensor<float> train = gaussian_images(500, random), test = gaussian_images(2, random);
  const GaussianFill fill(train);
  Mask mask(2, 5, 5);
  mask.cut(0, 0, 0, 5, 5);
  const Tensor<float> y = fill(test, mask), sigma = fill.sigma(mask);
  for (std::size_t d = 0; d < 25; ++d) {
    EXPECT_NEAR(y(0, d), fill.mean()[d], 1e-6);
    double variance = .01;  // the ridge
    for (std::size_t n = 0; n < 500; ++n) variance += std::pow(train(n, d) - fill.mean()[d], 2) / 500;
    EXPECT_NEAR(sigma(0, d), std::sqrt(variance), 1e-5);
    EXPECT_EQ(y(1, d), test(1, d));
    EXPECT_EQ(sigma(1, d), 0);
  }
}

TEST(GaussianFill, StaysWithinTheRangeOfPixels) {
  const Tensor<float> train({4, 2}, {0, 0, 1, 1, 0, 0, 1, 1});  // the second is the first
  const GaussianFill fill(train, 1e-6);
  Mask mask(2, 1, 2);
  mask.cut(0, 0, 1, 1, 1);
  mask.cut(1, 0, 1, 1, 1);
  const Tensor<float> y = fill(Tensor<float>({2, 2}, {3, 0, -3, 0}), mask);
  EXPECT_EQ(y(0, 1), 1);
  EXPECT_EQ(y(1, 1), 0);
}

TEST(GaussianFill, HasTheSameBitsForAnyNumberOfThreads) {
  const Dataset digits = stroke_digits(200, 40, 2);
  const GaussianFill fill(to_rows(digits.train));
  Random random(6);
  const Mask mask = draw_masks(MaskFamily::patch, 9, 40, random);
  const Tensor<float> test = to_rows(digits.test);
  const std::size_t before = threads();
  set_threads(1);
  const Tensor<float> y = fill(test, mask), sigma = fill.sigma(mask);
  set_threads(3);
  EXPECT_EQ(fill(test, mask), y);
  EXPECT_EQ(fill.sigma(mask), sigma);
  set_threads(before);
}

// Both from one factorisation: the same numbers, to the last bit.
TEST(GaussianFill, SaysFillAndSigmaAtOnce) {
  Random random(8, "images");
  const Tensor<float> images = gaussian_images(60, random);
  const GaussianFill fill(images);
  const Mask mask = rectangles(60, random);
  const GaussianFill::Conditional both = fill.conditional(images, mask);
  EXPECT_EQ(both.filled, fill(images, mask));
  EXPECT_EQ(both.sigma, fill.sigma(mask));
  EXPECT_THROW(fill.conditional(images, Mask(59, 5, 5)), ShapeError);
}

TEST(GaussianFill, SaysWhatIsWrong) {
  const Tensor<float> train({4, 6});
  EXPECT_EQ(message_of<Error>([&] { GaussianFill(train, 0); }),
            "GaussianFill: expected a ridge above 0, found 0.000000");
  EXPECT_THROW(GaussianFill(train, std::numeric_limits<double>::infinity()), Error);
  EXPECT_EQ(message_of<Error>([] {
              GaussianFill(Tensor<float>({2, 3}, std::numeric_limits<float>::quiet_NaN()));
            }),
            "GaussianFill: a training pixel is not finite; look at how the images were read");
  EXPECT_EQ(message_of<ShapeError>([] {
              GaussianFill(Tensor<float>({1, 6}));
            }),
            "GaussianFill: train is (1, 6) but (N, D) with N >= 2 was expected");
  const GaussianFill fill(train);
  EXPECT_EQ(message_of<ShapeError>([&] {
              fill(Tensor<float>({2, 4}), Mask(2, 2, 2));
            }),
            "GaussianFill: damaged is (2, 4) but it was fitted to (N, 6)");
  EXPECT_EQ(message_of<ShapeError>([&] { fill.sigma(Mask(2, 2, 2)); }),
            "GaussianFill::sigma: mask is (2, 4) but it was fitted to (N, 6)");
  EXPECT_THROW(fill(Tensor<float>({2, 6}), Mask(3, 2, 3)), ShapeError);
}
