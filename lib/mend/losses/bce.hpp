#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// The binary cross-entropy of probabilities, in nats:
/// \f[ L = -\frac{1}{N D} \sum t \log p + (1 - t) \log(1 - p),
///     \qquad p = y \text{ clipped to } [10^{-7}, 1 - 10^{-7}] \f]
///
/// Backward: \f$ dy = \frac{1}{N D} \frac{p - t}{p (1 - p)} \f$, and 0 where y was clipped, as in Keras: what
/// is surely wrong then no longer learns. Prefer bce_with_logits, which has no such plateau. Soft targets are
/// allowed (grey pixels); the loss then has the entropy of the targets as its floor.
/// Proof: tests/losses/bce_test.cpp.
/// \param y  any shape, in [0, 1]  \param target  the same shape, in [0, 1]
/// \throws ShapeError when the shapes differ or are empty  \throws Error when y or target leave [0, 1]
template <class T>
Loss<T> bce(const Tensor<T>& y, const Tensor<T>& target);

}  // namespace mend
