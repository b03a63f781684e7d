#include "mend/metrics/curve_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_rate = 0.005;  // of a saturating curve on [-1, 1]

using Coefficients = std::array<double, 3>;

void require_pairs(const char* name, const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() != y.size())
    throw Error(std::string(name) + ": expected as many x as y, found " + std::to_string(x.size()) + " and " +
                std::to_string(y.size()));
}

std::size_t unknowns(CurveKind kind) {
  return kind == CurveKind::linear || kind == CurveKind::exponential ? 2 : 3;
}

double value(CurveKind kind, const Coefficients& p, double x) {
  switch (kind) {
    case CurveKind::linear:
      return p[0] + p[1] * x;
    case CurveKind::quadratic:
      return p[0] + (p[1] + p[2] * x) * x;
    case CurveKind::exponential:
      return p[0] * std::exp(p[1] * x);
    case CurveKind::saturating:
      return p[0] - p[1] * std::exp(-p[2] * x);
  }
  return 0;
}

// The derivatives of the value with respect to the coefficients.
Coefficients slopes(CurveKind kind, const Coefficients& p, double x) {
  switch (kind) {
    case CurveKind::linear:
      return {1, x, 0};
    case CurveKind::quadratic:
      return {1, x, x * x};
    case CurveKind::exponential:
      return {std::exp(p[1] * x), p[0] * x * std::exp(p[1] * x), 0};
    case CurveKind::saturating:
      return {1, -std::exp(-p[2] * x), p[1] * x * std::exp(-p[2] * x)};
  }
  return {};
}

double residual_sum(CurveKind kind, const Coefficients& p, const std::vector<double>& x,
                    const std::vector<double>& y) {
  if (kind == CurveKind::saturating && p[2] < least_rate) return infinity;
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += std::pow(y[i] - value(kind, p, x[i]), 2);
  return sum;
}

// Solves the first n of A z = b by A = L L^T; false when A is not positive definite.
bool solve(std::array<Coefficients, 3> a, Coefficients b, std::size_t n, Coefficients& z) {
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k)
      for (std::size_t i = j; i < n; ++i) a[i][j] -= a[i][k] * a[j][k];
    if (!(a[j][j] > 0)) return false;
    const double root = std::sqrt(a[j][j]);
    for (std::size_t i = j; i < n; ++i) a[i][j] /= root;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  z = b;
  return true;
}

// One step solves J^T J step = J^T residual. A polynomial is there after the first.
Coefficients gauss_newton(CurveKind kind, Coefficients p, const std::vector<double>& x,
                          const std::vector<double>& y) {
  double best = residual_sum(kind, p, x, y);
  for (int round = 0; round < 200; ++round) {
    std::array<Coefficients, 3> normal{};
    Coefficients right{}, step{};
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Coefficients s = slopes(kind, p, x[i]);
      const double residual = y[i] - value(kind, p, x[i]);
      for (std::size_t r = 0; r < 3; ++r) {
        right[r] += s[r] * residual;
        for (std::size_t c = 0; c < 3; ++c) normal[r][c] += s[r] * s[c];
      }
    }
    if (!solve(normal, right, unknowns(kind), step)) return p;
    bool fell = false;
    for (double length = 1; length > 1e-9 && !fell; length /= 2) {
      Coefficients next = p;
      for (std::size_t r = 0; r < 3; ++r) next[r] += length * step[r];
      const double sum = residual_sum(kind, next, x, y);
      if (sum < best) p = next, best = sum, fell = true;
    }
    if (!fell) return p;
  }
  return p;
}

// y = intercept + slope x.
Coefficients line(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return {mean_y - xy / xx * mean_x, xy / xx, 0};
}

Coefficients start(CurveKind kind, const std::vector<double>& x, const std::vector<double>& y) {
  if (kind == CurveKind::exponential) {
    std::vector<double> log_y;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (!(y[i] > 0))
        throw Error("fit_curve: an exponential starts from log y: expected y above 0, found " +
                    std::to_string(y[i]));
      log_y.push_back(std::log(y[i]));
    }
    const Coefficients l = line(x, log_y);
    return {std::exp(l[0]), l[1], 0};
  }
  if (kind != CurveKind::saturating) return line(x, y);
  // With p2 given, the curve is a line in exp(-p2 x).
  Coefficients best{};
  double least = infinity;
  for (double rate = least_rate; rate < 100; rate *= 1.2) {
    std::vector<double> decay;
    decay.reserve(x.size());
    for (const double t : x) decay.push_back(std::exp(-rate * t));
    const Coefficients l = line(decay, y), p = {l[0], -l[1], rate};
    const double sum = residual_sum(kind, p, x, y);
    if (sum < least) least = sum, best = p;
  }
  return best;
}

// From the coefficients in t = (x - middle) / half to those in x.
std::vector<double> unscale(CurveKind kind, const Coefficients& p, double middle, double half) {
  const double b = p[1] / half, c = p[2] / half;
  switch (kind) {
    case CurveKind::linear:
      return {p[0] - b * middle, b};
    case CurveKind::quadratic:
      return {p[0] + (c / half * middle - b) * middle, b - 2 * c / half * middle, c / half};
    case CurveKind::exponential:
      return {p[0] * std::exp(-b * middle), b};
    case CurveKind::saturating:
      return {p[0], p[1] * std::exp(c * middle), c};
  }
  return {};
}

}  // namespace

std::string to_string(CurveKind kind) {
  switch (kind) {
    case CurveKind::linear:
      return "linear";
    case CurveKind::quadratic:
      return "quadratic";
    case CurveKind::exponential:
      return "exponential";
    case CurveKind::saturating:
      return "saturating";
  }
  throw Error("to_string: no CurveKind has the number " + std::to_string(static_cast<int>(kind)));
}

double CurveFit::operator()(double x) const {
  Coefficients p{};
  std::copy_n(coefficients.begin(), std::min(coefficients.size(), p.size()), p.begin());
  return value(kind, p, x);
}

CurveFit fit_curve(CurveKind kind, const std::vector<double>& x, const std::vector<double>& y) {
  require_pairs("fit_curve", x, y);
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
      throw Error("fit_curve: expected finite numbers, found " + std::to_string(x[i]) + " and " +
                  std::to_string(y[i]) + " as point " + std::to_string(i));
  const std::set<double> different(x.begin(), x.end());
  if (different.size() < unknowns(kind))
    throw Error("fit_curve: a " + to_string(kind) + " curve needs " + std::to_string(unknowns(kind)) +
                " different x, found " + std::to_string(different.size()));
  // On [-1, 1] the powers of x are of one size, which the normal equations need.
  const double middle = (*different.begin() + *different.rbegin()) / 2,
               half = (*different.rbegin() - *different.begin()) / 2;
  std::vector<double> t, predicted;
  for (const double at : x) t.push_back((at - middle) / half);
  const Coefficients p = gauss_newton(kind, start(kind, t, y), t, y);

  CurveFit fit{kind, unscale(kind, p, middle, half), residual_sum(kind, p, t, y)};
  for (const double at : t) predicted.push_back(value(kind, p, at));
  fit.r_squared = mend::r_squared(y, predicted);
  const auto n = static_cast<double>(x.size()), k = static_cast<double>(unknowns(kind) + 1);
  fit.aicc =
      n < k + 2 ? infinity : n * std::log(fit.residual_sum / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
  return fit;
}

double r_squared(const std::vector<double>& y, const std::vector<double>& predicted) {
  require_pairs("r_squared", y, predicted);
  double mean = 0, total = 0, residual = 0;
  for (const double v : y) mean += v / static_cast<double>(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    total += (y[i] - mean) * (y[i] - mean);
    residual += (y[i] - predicted[i]) * (y[i] - predicted[i]);
  }
  return 1 - residual / total;
}

double crossing(const std::vector<double>& x, const std::vector<double>& y, double level) {
  require_pairs("crossing", x, y);
  for (std::size_t i = 1; i < y.size(); ++i)
    if (y[i - 1] < level && y[i] >= level)
      return x[i - 1] + (x[i] - x[i - 1]) * (level - y[i - 1]) / (y[i] - y[i - 1]);
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace mend
