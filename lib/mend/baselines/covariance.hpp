#pragma once

#include "mend/tensor/tensor.hpp"

namespace mend {

/// How the columns of data vary together: C = 1/N sum of (x_n - mean)^T (x_n - mean), in double.
///
/// A thousand rows at a time, so that the data is not copied as a whole.
/// \param x  (N, D) with N >= 1  \param mean  (D), mostly that of the rows
/// \return (D, D), symmetric; squares over N, not N - 1
/// \throws ShapeError when the two do not belong together
Tensor<double> covariance(const Tensor<float>& x, const Tensor<double>& mean);

}  // namespace mend
