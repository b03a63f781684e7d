#include "mend/check/oracles.hpp"

#include <cmath>
#include <limits>

#include "mend/tensor/ops.hpp"

namespace mend {

Tensor<double> complex_step(Tensor<std::complex<double>>& at,
                            const std::function<std::complex<double>()>& f) {
  constexpr double h = 1e-30;
  Tensor<double> slope(at.shape());
  for (std::size_t i = 0; i < at.size(); ++i) {
    const std::complex<double> before = at[i];
    at[i] = {before.real(), h};
    slope[i] = f().imag() / h;
    at[i] = before;
  }
  return slope;
}

Slopes difference_slopes(Tensor<double>& at, const std::function<double()>& f) {
  const double middle = f(), step = std::cbrt(std::numeric_limits<double>::epsilon());
  Slopes slopes{Tensor<double>(at.shape()), Tensor<double>(at.shape()), Tensor<double>(at.shape())};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double before = at[i], h = step * std::max(1.0, std::abs(before));
    const double above = before + h, below = before - h;  // what survives rounding is what is divided by
    at[i] = above;
    const double up = f();
    at[i] = below;
    const double down = f();
    at[i] = before;
    slopes.right[i] = (up - middle) / (above - before);
    slopes.left[i] = (middle - down) / (before - below);
    slopes.central[i] = (up - down) / (above - below);
  }
  return slopes;
}

double norm(const Tensor<double>& x) { return std::sqrt(dot(x, x)); }

double relative_error(const Tensor<double>& a, const Tensor<double>& b) {
  const double scale = norm(a) + norm(b);
  return scale == 0 ? 0 : norm(a - b) / scale;
}

}  // namespace mend
