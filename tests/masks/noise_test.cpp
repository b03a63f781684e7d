#include "mend/masks/noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

constexpr std::size_t n = 200'000;

Tensor<float> grey(float x) { return Tensor<float>({n}, x); }

struct Moments {
  double mean = 0, squared = 0, fourth = 0;  // of the error
};

Moments errors(const Tensor<float>& noisy, float x) {
  Moments moments;
  for (const float y : noisy) {
    const double error = static_cast<double>(y) - x;
    moments.mean += error / n;
    moments.squared += error * error / n;
    moments.fourth += error * error * error * error / n;
  }
  return moments;
}

// Five deviations of the mean of n values with this variance.
double margin(double variance) { return 5 * std::sqrt(variance / n); }

double density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)); }
double below(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

}  // namespace

// The moments of N(0, s^2): 0, s^2 and 3 s^4; the variance of an error's square is 2 s^4, of its fourth power 96 s^8.
TEST(GaussianNoise, HasTheMomentsOfTheNormalDistribution) {
  Random random(1);
  for (const double s : {0.2, 0.5}) {
    const Moments error = errors(add_gaussian_noise(grey(0.25f), s, random), 0.25f);
    EXPECT_NEAR(error.mean, 0, margin(s * s));
    EXPECT_NEAR(error.squared, s * s, margin(2 * std::pow(s, 4)));
    EXPECT_NEAR(error.fourth, 3 * std::pow(s, 4), margin(96 * std::pow(s, 8)));
  }
}

TEST(GaussianNoise, IsIndependentFromPixelToPixel) {
  Random random(2);
  const Tensor<float> noise = add_gaussian_noise(grey(0), 1, random);
  for (const std::size_t apart : {1, 2, 28}) {
    double product = 0;
    for (std::size_t i = apart; i < n; ++i) product += static_cast<double>(noise[i]) * noise[i - apart] / n;
    EXPECT_NEAR(product, 0, margin(1)) << apart;
  }
}

// Clipping black: half of the noise is lost, and what lies above 1. With c = 1 / s,
//   E = s^2 (integral of z^2 from 0 to c) + P(z > c) = s^2 (1/2 - P(z > c) - c density(c)) + P(z > c).
TEST(GaussianNoise, ClippedHasASmallerErrorOnBlack) {
  Random random(3);
  for (const double s : {0.3, 1.0}) {
    const double c = 1 / s, above = 1 - below(c), expected = s * s * (0.5 - above - c * density(c)) + above;
    const Moments error = errors(clip_pixels(add_gaussian_noise(grey(0), s, random)), 0);
    EXPECT_NEAR(error.squared, expected, margin(error.fourth));
    EXPECT_LT(expected, s * s / 2);
  }
}

// E = p ((1 - x)^2 + x^2) / 2.
TEST(SaltAndPepper, HasTheErrorOfItsFormula) {
  Random random(4);
  for (const double p : {0.05, 0.5, 1.0})
    for (const float x : {0.0f, 0.25f, 1.0f}) {
      const Moments error = errors(add_salt_and_pepper(grey(x), p, random), x);
      EXPECT_NEAR(error.squared, p * ((1 - x) * (1 - x) + x * x) / 2, margin(error.fourth)) << p << ' ' << x;
      EXPECT_NEAR(error.mean, p * ((1 - x) - x) / 2, margin(error.squared)) << p << ' ' << x;
    }
}

TEST(SaltAndPepper, IsBlackOrWhiteWhereItHits) {
  Random random(5);
  const Tensor<float> noisy = add_salt_and_pepper(grey(0.5f), 0.1, random);
  double salt = 0, pepper = 0;
  for (const float y : noisy) {
    salt += y == 1;
    pepper += y == 0;
    EXPECT_TRUE(y == 0 || y == 0.5f || y == 1);
  }
  EXPECT_NEAR(salt / n, 0.05, margin(0.05));
  EXPECT_NEAR(pepper / n, 0.05, margin(0.05));
}

// E = s^2 x^2; the variance of the error's square is 2 s^4 x^4.
TEST(Speckle, GrowsWithTheBrightness) {
  Random random(6);
  for (const double s : {0.1, 0.4})
    for (const float x : {0.25f, 1.0f}) {
      const Moments error = errors(add_speckle(grey(x), s, random), x);
      EXPECT_NEAR(error.mean, 0, margin(s * s * x * x));
      EXPECT_NEAR(error.squared, s * s * x * x, margin(2 * std::pow(s * x, 4)));
    }
  EXPECT_EQ(add_speckle(grey(0), 0.4, random), grey(0));
}

TEST(Noise, OfNoStrengthChangesNothing) {
  Random random(7);
  const Tensor<float> images({2, 3}, {0, 0.1f, 0.2f, 0.3f, 0.9f, 1});
  EXPECT_EQ(add_gaussian_noise(images, 0, random), images);
  EXPECT_EQ(add_salt_and_pepper(images, 0, random), images);
  EXPECT_EQ(add_speckle(images, 0, random), images);
  EXPECT_EQ(clip_pixels(images), images);
}

TEST(Noise, IsTheSameForTheSameStream) {
  Random a(8, "noise"), b(8, "noise");
  EXPECT_EQ(add_gaussian_noise(grey(0), 1, a), add_gaussian_noise(grey(0), 1, b));
  EXPECT_NE(add_gaussian_noise(grey(0), 1, a), add_gaussian_noise(grey(0), 2, b));
}

TEST(ClipPixels, BringsPixelsToTheNearerEnd) {
  EXPECT_EQ(clip_pixels(Tensor<float>({4}, {-0.5f, 0.5f, 1.5f, 1})), Tensor<float>({4}, {0, 0.5f, 1, 1}));
}

TEST(Noise, SaysWhichStrengthsThereAre) {
  Random random(9);
  const Tensor<float> image({4});
  EXPECT_EQ(message_of<Error>([&] { add_gaussian_noise(image, -1, random); }),
            "add_gaussian_noise: expected a finite sigma of at least 0, found -1.000000");
  EXPECT_EQ(message_of<Error>([&] { add_speckle(image, -0.5, random); }),
            "add_speckle: expected a finite sigma of at least 0, found -0.500000");
  EXPECT_EQ(message_of<Error>([&] { add_salt_and_pepper(image, 1.5, random); }),
            "add_salt_and_pepper: expected a share of the pixels in [0, 1], found 1.500000");
  EXPECT_THROW(add_salt_and_pepper(image, -0.1, random), Error);
  EXPECT_THROW(add_gaussian_noise(image, std::numeric_limits<double>::infinity(), random), Error);
  EXPECT_THROW(add_speckle(image, std::numeric_limits<double>::quiet_NaN(), random), Error);
}
