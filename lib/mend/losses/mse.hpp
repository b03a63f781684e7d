#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// The mean squared error, \f$ L = \frac{1}{N D} \sum (y - t)^2 \f$, without a factor 1/2.
///
/// Backward: \f$ dy = \frac{2}{N D} (y - t) \f$. Proof: tests/losses/mse_test.cpp.
/// \param y  any shape  \param target  the same shape
/// \throws ShapeError when the shapes differ or are empty
template <class T>
Loss<T> mse(const Tensor<T>& y, const Tensor<T>& target);

}  // namespace mend
