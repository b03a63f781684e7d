#pragma once

#include "mend/tensor/tensor.hpp"

namespace mend {

/// What a loss returns: how wrong y is, and in which direction it gets worse.
///
/// A loss is a pure function: `Loss<T> mse(const Tensor<T>& y, const Tensor<T>& target)`. Each is a
/// mean by itself, so that nothing after it has to divide; the gradient is of the value as returned.
template <class T>
struct Loss {
  T value{};           ///< A mean over the elements that count: all, or those in a hole.
  Tensor<T> gradient;  ///< dL/dy, of the shape of y.
};

}  // namespace mend
