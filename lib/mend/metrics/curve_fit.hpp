#pragma once

#include <string>
#include <vector>

namespace mend {

/// A shape that a curve may have.
enum class CurveKind {
  linear,       ///< p0 + p1 x.
  quadratic,    ///< p0 + p1 x + p2 x^2.
  exponential,  ///< p0 exp(p1 x): grows by the same factor in each step.
  saturating    ///< p0 - p1 exp(-p2 x), p2 > 0: comes nearer to p0 by the same factor in each step.
};

/// "linear", "quadratic", "exponential", "saturating".
std::string to_string(CurveKind kind);

/// The curve of a kind that fits best.
struct CurveFit {
  CurveKind kind;                    ///< Which formula.
  std::vector<double> coefficients;  ///< p0, p1, ... of the formula.
  double residual_sum = 0;           ///< Sum of (y - f(x))^2.
  double r_squared = 0;              ///< See mend::r_squared.
  /// The corrected Akaike information criterion (Hurvich and Tsai 1989), to compare kinds on the *same* data; the
  /// smaller the better, and differences below about 2 say little:
  ///   n log(residual_sum / n) + 2 k + 2 k (k + 1) / (n - k - 1),
  /// k being the number of coefficients plus 1 for the variance. Infinite when n < k + 2: too few points to tell.
  double aicc = 0;

  double operator()(double x) const;  ///< The curve at x.
};

/// Fits a curve by least squares in y, also where the formula is not linear in its coefficients: Gauss-Newton steps,
/// halved until the residual sum falls, for the exponential from the straight line through log y, for the saturating
/// curve from the best of many p2. Of data that do not saturate the best saturating curve is nearly a line:
/// p2 (max x - min x) is kept at 0.01 or more.
/// \param kind  the formula  \param x  where  \param y  what, as many
/// \throws Error when x and y differ in number, one is not finite, there are fewer different x than coefficients, or
///   an exponential is asked for and a y is not above 0
CurveFit fit_curve(CurveKind kind, const std::vector<double>& x, const std::vector<double>& y);

/// The coefficient of determination, 1 - sum (y - predicted)^2 / sum (y - mean y)^2: 1 for a perfect prediction, 0 for
/// one no better than the mean, negative for a worse one; NaN or minus infinity when all y are equal.
/// \throws Error when the two differ in number
double r_squared(const std::vector<double>& y, const std::vector<double>& predicted);

/// Where the line through the points first rises from below a level to the level, by linear interpolation; NaN when it
/// never does, also when it begins above and never falls below.
/// \param x  where, in order  \param y  what, as many  \param level  of y
/// \throws Error when x and y differ in number
double crossing(const std::vector<double>& x, const std::vector<double>& y, double level);

}  // namespace mend
