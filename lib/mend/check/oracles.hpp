#pragma once

#include <complex>
#include <functional>

#include "mend/tensor/tensor.hpp"

// Two ways to differentiate any function without knowing anything about it.
namespace mend {

/// The gradient of f at `at` by the complex step, Im f(x + ih) / h (Squire and Trapp 1998): no difference is taken,
/// so h = 1e-30 costs no digits and the result is exact to rounding.
/// \param at  what f reads; each element is moved in turn and set back  \param f  analytic, real where `at` is
Tensor<double> complex_step(Tensor<std::complex<double>>& at, const std::function<std::complex<double>()>& f);

/// Slopes of a function along each coordinate, by differences.
struct Slopes {
  Tensor<double> left, right;  ///< To either side; where they differ, the function has a kink.
  Tensor<double> central;      ///< Over both sides, the more exact by far where there is no kink.
};

/// The slopes of f at `at` by differences with the step h = cbrt(eps) max(1, |x|), where rounding (like eps / h) and
/// curvature (like h^2) weigh the same.
/// \param at  what f reads; each element is moved in turn and set back  \param f  the function
Slopes difference_slopes(Tensor<double>& at, const std::function<double()>& f);

/// The Euclidean norm over all elements.
double norm(const Tensor<double>& x);

/// ||a - b|| / (||a|| + ||b||), in [0, 1]; 0 when both vanish. \throws ShapeError when the shapes differ
double relative_error(const Tensor<double>& a, const Tensor<double>& b);

}  // namespace mend
