#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// Huber's loss: quadratic for small errors, linear for large ones, so that outliers pull with bounded force
/// (Huber 1964). With d = y - t and c = d clipped to \f$ [-\delta, \delta] \f$:
/// \f[ L = \frac{1}{N D} \sum c \left(d - \tfrac{c}{2}\right) \f]
/// which is \f$ d^2/2 \f$ inside and \f$ \delta(|d| - \delta/2) \f$ outside.
///
/// Backward: \f$ dy = \frac{c}{N D} \f$. Proof: tests/losses/huber_test.cpp.
/// \param y  any shape  \param target  the same shape  \param delta  where it turns linear, above 0
/// \throws ShapeError when the shapes differ or are empty  \throws Error unless delta > 0
template <class T>
Loss<T> huber(const Tensor<T>& y, const Tensor<T>& target, double delta = 1);

}  // namespace mend
