#pragma once

#include "mend/losses/loss.hpp"

// Losses that count the missing pixels. A mean over the whole image is mostly about copying what is known;
// these are about what has to be restored. Each pixel weighs w = hole + known_weight (1 - hole), and
//   L = sum of w l(y, t) / sum of w,        dy = w l'(y, t) / sum of w,
// so known_weight = 0 is the mean over the hole, and known_weight = 1 the mean over all pixels.
// Proof: tests/losses/hole_losses_test.cpp.
namespace mend {

/// The mean squared error over the missing pixels; known ones join in with their weight.
/// \param y  any shape  \param target  the same shape  \param hole  the same shape: 1 missing, 0 known,
///   between them at soft edges  \param known_weight  of a known pixel, where a missing one has 1; at least 0
/// \throws ShapeError when the shapes differ or are empty
/// \throws Error when no pixel has a weight, the hole leaves [0, 1] or known_weight is negative
template <class T>
Loss<T> hole_mse(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& hole, double known_weight = 0);

/// The mean absolute error over the missing pixels; the rest is as for hole_mse.
template <class T>
Loss<T> hole_l1(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& hole, double known_weight = 0);

/// The binary cross-entropy of logits over the missing pixels; the rest is as for hole_mse.
/// \throws Error also when the target leaves [0, 1]
template <class T>
Loss<T> hole_bce_with_logits(const Tensor<T>& z, const Tensor<T>& target, const Tensor<T>& hole,
                             double known_weight = 0);

}  // namespace mend
