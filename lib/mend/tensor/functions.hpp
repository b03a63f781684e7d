#pragma once

#include "mend/tensor/tensor.hpp"

// Functions of each element, in place where the caller lets go of x. Analytic in x, so that the complex step
// can pass through; float and double go through SIMD. For float, double and std::complex<double>.
namespace mend {

/// e^x. \param x any shape
template <class T>
Tensor<T> exp(Tensor<T> x);
/// 1 / (1 + e^-x), without overflow for any x; in [0, 1], the ends by rounding. \param x any shape
template <class T>
Tensor<T> sigmoid(Tensor<T> x);
/// The hyperbolic tangent; in [-1, 1], the ends by rounding. \param x any shape
template <class T>
Tensor<T> tanh(Tensor<T> x);
/// log(1 + e^x), without overflow for any x; not below 0. \param x any shape
template <class T>
Tensor<T> softplus(Tensor<T> x);

}  // namespace mend
