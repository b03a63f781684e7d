#include "mend/baselines/covariance.hpp"

#include <algorithm>
#include <string>

#include "mend/tensor/ops.hpp"

namespace mend {

Tensor<double> covariance(const Tensor<float>& x, const Tensor<double>& mean) {
  if (x.rank() != 2 || x.dim(0) == 0 || mean.shape() != Shape({x.dim(1)}))
    throw ShapeError("covariance: x is " + to_string(x.shape()) + " and mean " + to_string(mean.shape()) +
                     " but (N, D) with N >= 1 and (D) were expected");
  Tensor<double> sum({x.dim(1), x.dim(1)});
  for (std::size_t first = 0; first < x.dim(0); first += 1000) {
    const std::size_t count = std::min<std::size_t>(1000, x.dim(0) - first);
    const Tensor<double> centred = add_rows(cast<double>(slice_rows(x, first, count)), mean * -1);
    add_matmul_tn(sum, centred, centred);
  }
  return sum * (1 / static_cast<double>(x.dim(0)));
}

}  // namespace mend
