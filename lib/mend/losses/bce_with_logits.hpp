#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// The binary cross-entropy of a sigmoid that is part of the loss, in nats:
/// \f[ L = \frac{1}{N D} \sum \log(1 + e^z) - t z \;=\; \text{bce}(\sigma(z), t) \f]
///
/// Backward: \f$ dz = \frac{1}{N D} (\sigma(z) - t) \f$: no division, no plateau, finite for every finite z.
/// The network ends with a linear layer; sigmoid(z) are its probabilities.
/// Proof: tests/losses/bce_with_logits_test.cpp.
/// \param z  any shape, any range  \param target  the same shape, in [0, 1]
/// \throws ShapeError when the shapes differ or are empty  \throws Error when the target leaves [0, 1]
template <class T>
Loss<T> bce_with_logits(const Tensor<T>& z, const Tensor<T>& target);

}  // namespace mend
