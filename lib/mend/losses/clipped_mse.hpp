#pragma once

#include "mend/losses/loss.hpp"

namespace mend {

/// The weighted squared error of an output that will be clipped to [0, 1]:
/// \f[ L = \frac{1}{N} \sum_n \sum_d w_{nd}\, e_{nd}^2, \qquad
///     e = \begin{cases} 0 & t = 0,\ y < 0 \text{ or } t = 1,\ y > 1 \\ y - t & \text{otherwise.} \end{cases} \f]
/// Blacker than black is black: beyond the end of the range where the target is, nothing is left to correct.
/// On the other side the error goes on to grow, so that there is always a way back. Many pixels of a digit are
/// exactly 0; where y is clipped afterwards, this is closer to what is judged than mse is.
///
/// Backward: \f$ dy = \tfrac{2}{N} w e \f$. Value and slope are continuous. Proof: tests/losses/clipped_mse_test.cpp.
/// \param y  (N, D)  \param target  (N, D) in [0, 1]  \param weight  (N, D), at least 0: a mean over rows, but a
///   sum over pixels, so that a row of weights says what its image counts
/// \throws ShapeError when the shapes differ or are empty  \throws Error when the target leaves [0, 1] or a weight
///   is negative
template <class T>
Loss<T> clipped_mse(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& weight);

}  // namespace mend
