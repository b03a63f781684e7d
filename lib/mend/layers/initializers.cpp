#include "mend/layers/initializers.hpp"

#include <cmath>
#include <numeric>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

Tensor<double> normal(std::size_t fan_in, std::size_t fan_out, double deviation, Random& random) {
  return map(Tensor<double>({fan_in, fan_out}), [&](double) { return deviation * random.normal(); });
}

// Modified Gram-Schmidt: makes the rows of q orthonormal, one after the other.
void orthonormalize_rows(Tensor<double>& q) {
  const std::size_t rows = q.dim(0), width = q.dim(1);
  const auto product = [width](const double* a, const double* b) {
    return std::inner_product(a, a + width, b, 0.0);
  };
  for (std::size_t i = 0; i < rows; ++i) {
    double* row = q.data() + i * width;
    for (std::size_t j = 0; j < i; ++j) {  // take away the part along each row before
      const double* before = q.data() + j * width;
      const double along = product(row, before);
      for (std::size_t d = 0; d < width; ++d) row[d] -= along * before[d];
    }
    const double length = std::sqrt(product(row, row));
    for (std::size_t d = 0; d < width; ++d) row[d] /= length;
  }
}

}  // namespace

Tensor<double> glorot_uniform(std::size_t fan_in, std::size_t fan_out, Random& random) {
  const double limit = std::sqrt(6.0 / static_cast<double>(fan_in + fan_out));
  return uniform(-limit, limit)(fan_in, fan_out, random);
}

Tensor<double> he_normal(std::size_t fan_in, std::size_t fan_out, Random& random) {
  return normal(fan_in, fan_out, std::sqrt(2.0 / static_cast<double>(fan_in)), random);
}

Tensor<double> lecun_normal(std::size_t fan_in, std::size_t fan_out, Random& random) {
  return normal(fan_in, fan_out, std::sqrt(1.0 / static_cast<double>(fan_in)), random);
}

Tensor<double> orthogonal(std::size_t fan_in, std::size_t fan_out, Random& random) {
  const bool wide = fan_in <= fan_out;
  Tensor<double> q = normal(wide ? fan_in : fan_out, wide ? fan_out : fan_in, 1.0, random);
  orthonormalize_rows(q);
  return wide ? q : transpose(q);
}

Initializer uniform(double low, double high) {
  return [low, high](std::size_t fan_in, std::size_t fan_out, Random& random) {
    return map(Tensor<double>({fan_in, fan_out}), [&](double) { return random.uniform(low, high); });
  };
}

}  // namespace mend
