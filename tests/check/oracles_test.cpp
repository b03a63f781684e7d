#include "mend/check/oracles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mend/tensor/ops.hpp"

using namespace mend;
using Complex = std::complex<double>;

namespace {

// f(x) = e^x0 sin(x1) + x2^3, whose gradient anybody can write down.
template <class T>
T f(const Tensor<T>& x) {
  using std::exp, std::sin;
  return exp(x[0]) * sin(x[1]) + x[2] * x[2] * x[2];
}

const Tensor<double> at({3}, {0.5, -1.2, 2});
const Tensor<double> gradient({3}, {std::exp(0.5) * std::sin(-1.2), std::exp(0.5) * std::cos(-1.2), 12});

}  // namespace

TEST(Oracles, ComplexStepIsExactToRounding) {
  Tensor<Complex> x = cast<Complex>(at);
  EXPECT_LE(relative_error(complex_step(x, all_coordinates(x.shape()), [&] { return f(x); }), gradient),
            1e-15);
  EXPECT_EQ(x, cast<Complex>(at)) << "set back";
}

TEST(Oracles, CentralDifferencesAreGoodToTenDigits) {
  Tensor<double> x = at;
  const Slopes slopes = difference_slopes(x, all_coordinates(x.shape()), [&] { return f(x); });
  EXPECT_LE(relative_error(slopes.central, gradient), 1e-10);
  EXPECT_EQ(x, at) << "set back";
}

TEST(Oracles, OneSidedSlopesAreOnlyGoodToFive) {
  Tensor<double> x = at;
  const Slopes slopes = difference_slopes(x, all_coordinates(x.shape()), [&] { return f(x); });
  for (const Tensor<double>& side : {slopes.low, slopes.high}) {
    EXPECT_LE(relative_error(side, gradient), 1e-5);
    EXPECT_GE(relative_error(side, gradient), 1e-8);
  }
  EXPECT_EQ(slopes.kink, std::vector<bool>(3, false));
}

TEST(Oracles, SlopesDifferAtAKinkAndOnlyThere) {
  Tensor<double> x({3}, {-1, 0, 1});
  const Slopes slopes = difference_slopes(x, all_coordinates(x.shape()), [&] {
    return std::max(x[0], 0.0) + 5 * std::max(x[1], 0.0) + std::max(x[2], 0.0);
  });
  EXPECT_LE(norm(slopes.low - Tensor<double>({3}, {0, 0, 1})), 1e-9);
  EXPECT_LE(norm(slopes.high - Tensor<double>({3}, {0, 5, 1})), 1e-9);
  EXPECT_NEAR(slopes.central[1], 2.5, 1e-9);
  EXPECT_EQ(slopes.kink, (std::vector<bool>{false, true, false}));
}

// A strong but smooth bend is none: the slope of e^30x changes by a part in five thousand within a step.

TEST(Oracles, CurvatureIsNoKink) {
  Tensor<double> x({1}, {1});
  const Slopes slopes = difference_slopes(x, {0}, [&] { return std::exp(30 * x[0]); });
  EXPECT_FALSE(slopes.kink[0]);
  EXPECT_GT(slopes.high[0] - slopes.low[0], 1e-4 * slopes.central[0]);
}

// The step grows with x: at a million, cbrt(eps) alone would leave rounding of 1e-5.

TEST(Oracles, TheStepGrowsWithX) {
  Tensor<double> x({1}, {1e6});
  const Slopes slopes = difference_slopes(x, all_coordinates(x.shape()), [&] { return x[0] * x[0]; });
  EXPECT_NEAR(slopes.central[0] / 2e6, 1, 1e-10);
}

TEST(Oracles, NormAndRelativeError) {
  const Tensor<double> a({2}, {3, 4}), zero({2});
  EXPECT_EQ(norm(a), 5);
  EXPECT_EQ(relative_error(a, a), 0);
  EXPECT_EQ(relative_error(a, zero), 1);
  EXPECT_EQ(relative_error(zero, zero), 0);
  EXPECT_EQ(relative_error(a, a * -1), 1);
  EXPECT_NEAR(relative_error(a, a * 3), 0.5, 1e-15);
  EXPECT_THROW(relative_error(a, Tensor<double>({3})), ShapeError);
}

TEST(Oracles, ComplexStepAlongADirectionIsTheProjectedGradient) {
  Tensor<Complex> x = cast<Complex>(at);
  const Tensor<double> direction({3}, {1, -2, 0.5});
  EXPECT_NEAR(complex_step_along(x, direction, [&] { return f(x); }), dot(direction, gradient), 1e-14);
  EXPECT_EQ(x, cast<Complex>(at)) << "set back";
  EXPECT_THROW(complex_step_along(x, Tensor<double>({2}), [&] { return f(x); }), ShapeError);
}

TEST(Oracles, LookOnlyAtTheCoordinatesAskedFor) {
  Tensor<Complex> z = cast<Complex>(at);
  Tensor<double> x = at;
  EXPECT_LE(relative_error(complex_step(z, {2, 0}, [&] { return f(z); }), gather(gradient, {2, 0})), 1e-15);
  EXPECT_LE(
      relative_error(difference_slopes(x, {2, 0}, [&] { return f(x); }).central, gather(gradient, {2, 0})),
      1e-10);
}

// Every corner, and every row and column stretch of a large tensor; each entry once; another sample for another seed.

TEST(Oracles, ASampleVisitsEveryRegion) {
  const Shape shape{30, 40};
  Random random(1), other(2);
  const Coordinates sample = sample_coordinates(shape, 64, random);
  EXPECT_LE(sample.size(), 64u);
  EXPECT_GE(sample.size(), 60u);
  for (const std::size_t corner : {0, 39, 29 * 40, 29 * 40 + 39})
    EXPECT_EQ(std::count(sample.begin(), sample.end(), corner), 1) << corner;
  for (std::size_t k = 1; k < sample.size(); ++k) {
    EXPECT_LT(sample[k - 1], sample[k]);
    EXPECT_LE(sample[k] - sample[k - 1], 2 * 1200 / 60u) << "a gap";
  }
  EXPECT_LT(sample.back(), shape.size());
  EXPECT_NE(sample_coordinates(shape, 64, other), sample);
}

TEST(Oracles, ASampleOfASmallTensorIsAllOfIt) {
  Random random(1);
  EXPECT_EQ(sample_coordinates({2, 3}, 64, random), (Coordinates{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(sample_coordinates({2, 3}, 6, random), all_coordinates({2, 3}));
  EXPECT_TRUE(sample_coordinates({0, 3}, 6, random).empty());
  EXPECT_LE(sample_coordinates({4, 4, 4, 4}, 8, random).size(), 16u) << "the corners alone are more";
}

// At a jump the one-sided slopes grow as the step shrinks; at a kink they do not.

TEST(Oracles, TellAJumpFromAKink) {
  Tensor<double> x({3}, {1, 0, 2});
  const Slopes slopes = difference_slopes(x, all_coordinates(x.shape()),
                                          [&] { return std::floor(x[0]) + std::abs(x[1]) + x[2]; });
  EXPECT_EQ(slopes.kink, (std::vector<bool>{true, true, false}));
  EXPECT_EQ(slopes.jump, (std::vector<bool>{true, false, false}));
  EXPECT_FALSE(slopes.sharp[1]) << "the bend of |x| does not shrink";
}

// The noise bounds what rounding does: here f is a billion and its slope 1.

TEST(Oracles, NoiseBoundsTheRounding) {
  Tensor<double> x({1}, {0.3});
  const Slopes slopes = difference_slopes(x, {0}, [&] { return 1e9 + x[0]; });
  EXPECT_LE(std::abs(slopes.central[0] - 1), slopes.noise[0]);
  EXPECT_LE(slopes.noise[0], 1);
  EXPECT_FALSE(slopes.kink[0]);
  const Slopes sum = difference_slopes(
      x, {0}, [&] { return (1e9 + x[0]) - 1e9; }, 1e9);
  EXPECT_LE(std::abs(sum.central[0] - 1), sum.noise[0]) << "terms that cancel";
}

TEST(Oracles, SameOrNan) {
  const double nan = std::nan("");
  EXPECT_TRUE(same_or_nan(Tensor<double>({2}, {1, nan}), Tensor<double>({2}, {1, nan})));
  EXPECT_FALSE(same_or_nan(Tensor<double>({2}, {1, nan}), Tensor<double>({2}, {nan, 1})));
  EXPECT_FALSE(same_or_nan(Tensor<double>({2}), Tensor<double>({1, 2})));
}
