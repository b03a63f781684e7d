#include "mend/check/oracles.hpp"

#include <gtest/gtest.h>

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
  EXPECT_LE(relative_error(complex_step(x, [&] { return f(x); }), gradient), 1e-15);
  EXPECT_EQ(x, cast<Complex>(at)) << "set back";
}

TEST(Oracles, CentralDifferencesAreGoodToTenDigits) {
  Tensor<double> x = at;
  const Slopes slopes = difference_slopes(x, [&] { return f(x); });
  EXPECT_LE(relative_error(slopes.central, gradient), 1e-10);
  EXPECT_EQ(x, at) << "set back";
}

TEST(Oracles, OneSidedSlopesAreOnlyGoodToFive) {
  Tensor<double> x = at;
  const Slopes slopes = difference_slopes(x, [&] { return f(x); });
  for (const Tensor<double>& side : {slopes.left, slopes.right}) {
    EXPECT_LE(relative_error(side, gradient), 1e-5);
    EXPECT_GE(relative_error(side, gradient), 1e-8);
  }
}

TEST(Oracles, SlopesDifferAtAKinkAndOnlyThere) {
  Tensor<double> x({3}, {-1, 0, 1});
  const Slopes slopes = difference_slopes(
      x, [&] { return std::max(x[0], 0.0) + 5 * std::max(x[1], 0.0) + std::max(x[2], 0.0); });
  EXPECT_LE(norm(slopes.left - Tensor<double>({3}, {0, 0, 1})), 1e-9);
  EXPECT_LE(norm(slopes.right - Tensor<double>({3}, {0, 5, 1})), 1e-9);
  EXPECT_NEAR(slopes.central[1], 2.5, 1e-9);
}

// The step grows with x: at a million, cbrt(eps) alone would leave rounding of 1e-5.

TEST(Oracles, TheStepGrowsWithX) {
  Tensor<double> x({1}, {1e6});
  const Slopes slopes = difference_slopes(x, [&] { return x[0] * x[0]; });
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
