#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// The mean absolute error, \f$ L = \frac{1}{N D} \sum |y - t| \f$.
///
/// Backward: \f$ dy = \frac{1}{N D} \operatorname{sign}(y - t) \f$, and 0 at the kink y = t, a subgradient.
/// Its best constant is the median, where that of mse is the mean. Proof: tests/losses/l1_test.cpp.
/// \param y  any shape  \param target  the same shape
/// \throws ShapeError when the shapes differ or are empty
template <class T>
Loss<T> l1(const Tensor<T>& y, const Tensor<T>& target);

}  // namespace mend
