#include "mend/check/oracles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

using Complex = std::complex<double>;

constexpr double imaginary_step = 1e-30;

// The one-sided slopes along one element, and over both sides.
struct Differences {
  double left, right, central;
  double bend() const { return right - left; }
  double steepest() const { return std::max(std::abs(left), std::abs(right)); }
};

Differences differences(double& x, double h, double middle, const std::function<double()>& f) {
  const double before = x, above = before + h, below = before - h;  // what survives rounding is divided by
  x = above;
  const double up = f();
  x = below;
  const double down = f();
  x = before;
  return {(middle - down) / (before - below), (up - middle) / (above - before),
          (up - down) / (above - below)};
}

}  // namespace

Coordinates all_coordinates(const Shape& shape) {
  Coordinates all(shape.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

Coordinates sample_coordinates(const Shape& shape, std::size_t count, Random& random) {
  if (shape.size() <= count) return all_coordinates(shape);
  Coordinates chosen;
  for (std::size_t corner = 0; corner < (std::size_t{1} << shape.rank()); ++corner) {
    std::size_t flat = 0;
    for (std::size_t axis = 0; axis < shape.rank(); ++axis)
      flat = flat * shape[axis] + ((corner >> axis) & 1 ? shape[axis] - 1 : 0);
    chosen.push_back(flat);
  }
  const std::size_t stretches = count - std::min(count, chosen.size());
  for (std::size_t k = 0; k < stretches; ++k)
    chosen.push_back(random.between(k * shape.size() / stretches, (k + 1) * shape.size() / stretches - 1));
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

Tensor<double> complex_step(Tensor<Complex>& at, const Coordinates& coordinates,
                            const std::function<Complex()>& f) {
  Tensor<double> slope({coordinates.size()});
  for (std::size_t k = 0; k < coordinates.size(); ++k) {
    Complex& x = at[coordinates[k]];
    const Complex before = x;
    x = {before.real(), imaginary_step};
    slope[k] = f().imag() / imaginary_step;
    x = before;
  }
  return slope;
}

double complex_step_along(Tensor<Complex>& at, const Tensor<double>& direction,
                          const std::function<Complex()>& f) {
  require_same_shape("complex_step_along", at, direction);
  const Tensor<Complex> before = at;
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = {at[i].real(), imaginary_step * direction[i]};
  const double slope = f().imag() / imaginary_step;
  at = before;
  return slope;
}

Slopes difference_slopes(Tensor<double>& at, const Coordinates& coordinates, const std::function<double()>& f,
                         double magnitude) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const double middle = f(), step = std::cbrt(epsilon);
  const Shape shape{coordinates.size()};
  Slopes slopes{
      Tensor<double>(shape), Tensor<double>(shape), Tensor<double>(shape), Tensor<double>(shape), {}, {}, {}};
  std::vector<double> strangeness;  // by how much a coordinate breaks the rules of a smooth function
  for (std::size_t k = 0; k < coordinates.size(); ++k) {
    double& x = at[coordinates[k]];
    const double h = step * std::max(1.0, std::abs(x));
    const Differences wide = differences(x, h, middle, f), near = differences(x, h / 4, middle, f);
    const auto [low, high] = std::minmax({wide.left, wide.right, near.left, near.right});
    slopes.central[k] = wide.central;
    slopes.low[k] = low;
    slopes.high[k] = high;
    slopes.noise[k] = 8 * epsilon * std::max(magnitude, std::abs(middle)) / h;
    slopes.sharp.push_back(std::abs(near.bend()) < 0.6 * std::abs(wide.bend()));
    slopes.jump.push_back(near.steepest() > 3 * wide.steepest() + 64 * slopes.noise[k]);
    strangeness.push_back(
        std::max(std::abs(wide.central - near.central), std::abs(wide.bend() - 4 * near.bend())));
  }
  // In the second rule the noise counts four times for the smaller step, twice for two sides, and four times again.
  const double tolerance = 1e-7 * largest(slopes.central);
  for (std::size_t k = 0; k < strangeness.size(); ++k)
    slopes.kink.push_back(strangeness[k] > tolerance + 64 * slopes.noise[k]);
  return slopes;
}

Tensor<double> gather(const Tensor<double>& x, const Coordinates& coordinates) {
  Tensor<double> some({coordinates.size()});
  for (std::size_t k = 0; k < coordinates.size(); ++k) some[k] = x[coordinates[k]];
  return some;
}

double norm(const Tensor<double>& x) { return std::sqrt(dot(x, x)); }

double largest(const Tensor<double>& x) {
  double most = 0;
  for (const double v : x) most = std::max(most, std::abs(v));
  return most;
}

double relative_error(const Tensor<double>& a, const Tensor<double>& b) {
  const double scale = norm(a) + norm(b);
  return scale == 0 ? 0 : norm(a - b) / scale;
}

bool same_or_nan(const Tensor<double>& a, const Tensor<double>& b) {
  return a.shape() == b.shape() && std::equal(a.begin(), a.end(), b.begin(), [](double u, double v) {
           return u == v || (std::isnan(u) && std::isnan(v));
         });
}

}  // namespace mend
