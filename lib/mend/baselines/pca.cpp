#include "mend/baselines/pca.hpp"

#include <cmath>
#include <string>
#include <xtensor-blas/xlinalg.hpp>

#include "mend/baselines/covariance.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/xt.hpp"

namespace mend {
Pca::Pca(const Tensor<float>& x, std::size_t k) {
  if (x.rank() != 2 || x.dim(0) < 2)
    throw ShapeError("Pca: x is " + to_string(x.shape()) + " but (N, D) with N >= 2 was expected");
  const std::size_t width = x.dim(1);
  if (k < 1 || k > width)
    throw Error("Pca: expected 1 to " + std::to_string(width) + " components for x " + to_string(x.shape()) +
                ", found " + std::to_string(k));
  mean_ = mean_rows(x);
  const Tensor<double> c = covariance(x, cast<double>(mean_));
  const auto [values, vectors] = xt::linalg::eigh(xt_view<2>(c));  // ascending; column i belongs to value i

  components_ = Tensor<float>({k, width});
  variances_ = Tensor<double>({k});
  for (std::size_t i = 0; i < k; ++i) {
    const std::size_t column = width - 1 - i;
    variances_[i] = std::max(0.0, values(column));  // a covariance has no negative one, but rounding may
    std::size_t largest = 0;
    for (std::size_t d = 1; d < width; ++d)
      if (std::abs(vectors(d, column)) > std::abs(vectors(largest, column))) largest = d;
    const double sign = vectors(largest, column) < 0 ? -1 : 1;
    for (std::size_t d = 0; d < width; ++d) components_(i, d) = static_cast<float>(sign * vectors(d, column));
  }
}

// code = (x - mean) V^T        x (N, D)   V (k, D)   code (N, k)
Tensor<float> Pca::encode(const Tensor<float>& x) const {
  return matmul_nt(add_rows(x, mean_ * -1), components_);
}

// x = code V + mean        code (N, k)   V (k, D)   x (N, D)
Tensor<float> Pca::decode(const Tensor<float>& code) const {
  return add_rows(matmul(code, components_), mean_);
}

}  // namespace mend
