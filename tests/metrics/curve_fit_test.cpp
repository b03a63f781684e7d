// # Fitting curves
//
// Three truths: curves that are recovered from their own points; the condition of the minimum, at which the residuals
// are orthogonal to the derivatives of the curve; and NumPy 1.24, which has least squares for coefficients that enter
// linearly and finds the rate b, which does not, by a grid and a golden section. With x, y the assignment's vertical
// stripes in percent of the area (or the points below):
//
//     def lin(A): c = numpy.linalg.lstsq(A, y, rcond=None)[0]; return c, ((y - A @ c)**2).sum()
//     one = numpy.ones(len(x))
//     lin(numpy.stack([one, x], 1)); lin(numpy.stack([one, x, x * x], 1))
//     exponential = lambda b: lin(numpy.exp(b * x)[:, None])
//     saturating = lambda b: lin(numpy.stack([one, -numpy.exp(-b * x)], 1))
//     def search(f, low, high):
//         g = numpy.geomspace(low, high, 2001); k = numpy.argmin([f(b)[1] for b in g]); l, h = g[k-1], g[k+1]
//         s = (5**.5 - 1) / 2
//         for _ in range(200):
//             p, q = h - s * (h - l), l + s * (h - l)
//             l, h = (l, q) if f(p)[1] < f(q)[1] else (p, h)
//         return (l + h) / 2
//     AICc = n * log(rss / n) + 2*k + 2*k*(k+1) / (n-k-1)

#include "mend/metrics/curve_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/metrics/assignment_table.hpp"
#include "message_of.hpp"

using namespace mend;
using enum CurveKind;

namespace {

using Points = std::pair<std::vector<double>, std::vector<double>>;

// Masked area in percent and stated MSE of the assignment.
Points stated(MaskFamily family) {
  Points points;
  for (const AssignmentRow& row : assignment_rows()) {
    if (row.family != family) continue;
    const auto size = static_cast<double>(row.size);
    points.first.push_back(family == MaskFamily::patch ? 100 * size * size / 784 : 100 * size / 28);
    points.second.push_back(row.whole);
  }
  return points;
}

void expect_fit(const CurveFit& fit, const std::vector<double>& coefficients, double residual_sum, double r2,
                double aicc) {
  ASSERT_EQ(fit.coefficients.size(), coefficients.size());
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    EXPECT_NEAR(fit.coefficients[i] / coefficients[i], 1, 1e-7) << to_string(fit.kind) << " p" << i;
  EXPECT_NEAR(fit.residual_sum / residual_sum, 1, 1e-8) << to_string(fit.kind);
  EXPECT_NEAR(fit.r_squared, r2, 1e-8) << to_string(fit.kind);
  EXPECT_NEAR(fit.aicc, aicc, 1e-7) << to_string(fit.kind);
}

}  // namespace

TEST(FitCurve, AgreesWithNumpyOnTheAssignmentsStripes) {
  const auto [x, y] = stated(MaskFamily::vertical_stripe);
  expect_fit(fit_curve(linear, x, y), {0.000831435644, 0.000758287129}, 4.55331683168e-05, 0.97381165,
             -69.60085771);
  expect_fit(fit_curve(quadratic, x, y), {0.00877004896, 0.000262876816, 5.77502211e-06}, 7.4342423969e-06,
             0.99572420, -68.28726820);
  expect_fit(fit_curve(exponential, x, y), {0.0108632181, 0.0231764528}, 2.15951857656e-05, 0.98757955,
             -74.82265209);
}

TEST(FitCurve, AgreesWithNumpyOnTheAssignmentsPatches) {
  const auto [x, y] = stated(MaskFamily::patch);
  expect_fit(fit_curve(linear, x, y), {0.00742675493, 0.000782241379}, 8.92188599578e-06, 0.99347323,
             -97.65155793);
  expect_fit(fit_curve(quadratic, x, y), {0.00888914255, 0.000617926171, 2.84317245e-06}, 4.10699396585e-06,
             0.99699555, -94.52475254);
  expect_fit(fit_curve(exponential, x, y), {0.0127536712, 0.0257342732}, 3.72708474244e-05, 0.97273467,
             -86.21392519);
}

TEST(FitCurve, AgreesWithNumpyOnPointsThatSaturate) {
  const std::vector<double> x = {0, 1, 2, 3, 5, 8, 13, 21}, off = {1, -2, 1, 2, -1, -1, 2, -1};
  std::vector<double> y;
  for (std::size_t i = 0; i < x.size(); ++i) y.push_back(2 - 1.5 * std::exp(-0.3 * x[i]) + 0.01 * off[i]);
  const CurveFit fit = fit_curve(saturating, x, y);
  EXPECT_NEAR(fit.coefficients[0], 2.00012221, 1e-8);
  EXPECT_NEAR(fit.coefficients[1], 1.49755315, 1e-8);
  EXPECT_NEAR(fit.coefficients[2], 0.3002059074804193, 1e-8);
  EXPECT_NEAR(fit.residual_sum, 0.0016818084542939101, 1e-14);
  EXPECT_NEAR(fit.r_squared, 0.99918951134578, 1e-12);
}

TEST(FitCurve, RecoversACurveFromItsOwnPoints) {
  const std::vector<double> x = {70, 10, 25, 33, 48, 5, 62};  // in no order
  const CurveFit truths[] = {{linear, {3, -0.5}},          {quadratic, {3, -0.5, 0.02}},
                             {exponential, {0.25, 0.04}},  {exponential, {4, -0.06}},
                             {saturating, {2, 1.5, 0.03}}, {saturating, {-1, -3, 0.2}}};  // falls
  for (const CurveFit& truth : truths) {
    std::vector<double> y;
    for (const double at : x) y.push_back(truth(at));
    const CurveFit fit = fit_curve(truth.kind, x, y);
    ASSERT_EQ(fit.coefficients.size(), truth.coefficients.size());
    for (std::size_t i = 0; i < fit.coefficients.size(); ++i)
      EXPECT_NEAR(fit.coefficients[i] / truth.coefficients[i], 1, 1e-6) << to_string(fit.kind);
    EXPECT_NEAR(fit(40), truth(40), 1e-9) << to_string(fit.kind);
    EXPECT_NEAR(fit.r_squared, 1, 1e-12) << to_string(fit.kind);
  }
}

// At the minimum no change of a coefficient lowers the sum to first order; and the fit is in y, not in log y.
TEST(FitCurve, LeavesResidualsOrthogonalToTheCurvesDerivatives) {
  const auto [x, y] = stated(MaskFamily::vertical_stripe);
  for (const CurveKind kind : {linear, quadratic, exponential}) {
    const CurveFit fit = fit_curve(kind, x, y);
    for (std::size_t k = 0; k < fit.coefficients.size(); ++k) {
      const double step = 1e-5 * fit.coefficients[k];
      CurveFit up = fit, down = fit;
      up.coefficients[k] += step, down.coefficients[k] -= step;
      double product = 0, squares = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double slope = (up(x[i]) - down(x[i])) / (2 * step);
        product += slope * (y[i] - fit(x[i]));
        squares += slope * slope;
      }
      EXPECT_LT(std::abs(product) / std::sqrt(squares * fit.residual_sum), 1e-5) << to_string(kind) << k;
    }
  }
}

// Data that bend upwards do not saturate: what is left is nearly a line, and never a growing exponential.
TEST(FitCurve, EndsNearALineWhereNothingSaturates) {
  const auto [x, y] = stated(MaskFamily::patch);
  const CurveFit fit = fit_curve(saturating, x, y), line = fit_curve(linear, x, y);
  EXPECT_NEAR(fit.coefficients[2] * (x.back() - x.front()), 0.01, 1e-9);
  EXPECT_NEAR(fit.residual_sum, 9.1748980638e-06, 1e-12);
  EXPECT_GT(fit.residual_sum, line.residual_sum);
  EXPECT_GT(fit.aicc, line.aicc);
}

TEST(FitCurve, HasNoCriterionForTooFewPoints) {
  const std::vector<double> four = {1, 2, 3, 4};
  EXPECT_EQ(fit_curve(quadratic, four, {1, 3, 2, 5}).aicc, std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isfinite(fit_curve(linear, {1, 2, 3, 4, 5}, {1, 3, 2, 5, 4}).aicc));
}

TEST(RSquared, IsOneZeroAndNegative) {
  EXPECT_EQ(r_squared({1, 2, 3}, {1, 2, 3}), 1);
  EXPECT_EQ(r_squared({1, 2, 3}, {2, 2, 2}), 0);
  EXPECT_EQ(r_squared({1, 2, 3}, {3, 2, 1}), -3);
  EXPECT_TRUE(std::isnan(r_squared({2, 2}, {2, 2})));
}

TEST(Crossing, InterpolatesTheFirstRise) {
  const std::vector<double> x = {0, 10, 20, 30, 40}, y = {1, 3, 2, 6, 6};
  EXPECT_EQ(crossing(x, y, 2), 5);
  EXPECT_EQ(crossing(x, y, 3), 10);
  EXPECT_EQ(crossing(x, y, 4), 25);
  EXPECT_EQ(crossing(x, y, 6), 30);
}

TEST(Crossing, IsNanWhereTheCurveDoesNotRiseThroughTheLevel) {
  EXPECT_TRUE(std::isnan(crossing({0, 1, 2}, {1, 2, 3}, 3.5)));
  EXPECT_TRUE(std::isnan(crossing({0, 1, 2}, {1, 2, 3}, 1)));  // begins there
  EXPECT_TRUE(std::isnan(crossing({0, 1, 2}, {3, 2, 1}, 2)));
  EXPECT_EQ(crossing({0, 1, 2}, {3, 1, 3}, 2), 1.5);
  EXPECT_TRUE(std::isnan(crossing({}, {}, 1)));
}

// "10-17 % for good reconstruction": its own stripes are good up to 28 %.
TEST(Crossing, OfTheAssignmentsThresholds) {
  const auto [v, v_mse] = stated(MaskFamily::vertical_stripe);
  const auto [p, p_mse] = stated(MaskFamily::patch);
  EXPECT_NEAR(crossing(v, v_mse, 0.02), 25 + 100.0 / 14 * 17 / 41, 1e-12);
  EXPECT_NEAR(crossing(v, v_mse, 0.04), 52.0, 0.05);
  EXPECT_NEAR(crossing(p, p_mse, 0.02), 17.7, 0.05);
}

TEST(FitCurve, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<Error>([] {
              fit_curve(linear, {1, 2}, {1});
            }),
            "fit_curve: expected as many x as y, found 2 and 1");
  EXPECT_EQ(message_of<Error>([] {
              fit_curve(quadratic, {1, 2, 2, 1}, {1, 2, 3, 4});
            }),
            "fit_curve: a quadratic curve needs 3 different x, found 2");
  EXPECT_EQ(message_of<Error>([] {
              fit_curve(linear, {1, 2}, {1, std::nan("")});
            }),
            "fit_curve: expected finite numbers, found 2.000000 and nan as point 1");
  EXPECT_EQ(message_of<Error>([] {
              fit_curve(exponential, {1, 2, 3}, {1, 0, 2});
            }),
            "fit_curve: an exponential starts from log y: expected y above 0, found 0.000000");
  EXPECT_EQ(message_of<Error>([] {
              r_squared({1, 2}, {1});
            }),
            "r_squared: expected as many x as y, found 2 and 1");
  EXPECT_EQ(message_of<Error>([] {
              crossing({1, 2}, {1}, 0);
            }),
            "crossing: expected as many x as y, found 2 and 1");
  EXPECT_EQ(message_of<Error>([] { to_string(static_cast<CurveKind>(9)); }),
            "to_string: no CurveKind has the number 9");
}
