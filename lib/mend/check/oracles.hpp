#pragma once

#include <complex>
#include <cstddef>
#include <functional>
#include <vector>

#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

// Two ways to differentiate any function without knowing anything about it.
namespace mend {

/// Some elements of a tensor, by their row-major numbers.
using Coordinates = std::vector<std::size_t>;

/// Every element of a tensor of this shape, in order.
Coordinates all_coordinates(const Shape& shape);

/// About `count` elements, each once and in order: the corners, then one from each of as many equal stretches, so that
/// every region is visited. All of them when there are no more than that.
Coordinates sample_coordinates(const Shape& shape, std::size_t count, Random& random);

/// The slopes of f at `at` by the complex step, Im f(x + ih) / h (Squire and Trapp 1998): no difference is taken,
/// so h = 1e-30 costs no digits and the result is exact to rounding.
/// \param at  what f reads; each element is moved in turn and set back  \param coordinates  which of them
/// \param f  analytic, real where `at` is  \return (k), a slope for each coordinate
Tensor<double> complex_step(Tensor<std::complex<double>>& at, const Coordinates& coordinates,
                            const std::function<std::complex<double>()>& f);

/// The slope of f along a direction by one complex step of all elements: sum of direction * gradient.
/// \param at  what f reads; set back afterwards  \param direction  the shape of `at`  \param f  as for complex_step
double complex_step_along(Tensor<std::complex<double>>& at, const Tensor<double>& direction,
                          const std::function<std::complex<double>()>& f);

/// Slopes of a function along some coordinates, by differences; each tensor is (k).
struct Slopes {
  Tensor<double> central;   ///< Over both sides: exact to about ten digits where there is no kink.
  Tensor<double> low;       ///< The smallest one-sided slope that was measured.
  Tensor<double> high;      ///< The largest; at a kink any slope between the two is right.
  Tensor<double> noise;     ///< What rounding may have left of `central`, whatever the slope is.
  std::vector<bool> kink;   ///< Whether the function bends within a step, so that `central` says nothing.
  std::vector<bool> sharp;  ///< Whether that shrinks with the step, as a sharp but smooth bend does.
  std::vector<bool> jump;   ///< Whether it even jumps there, so that it has no slope at all.
};

/// The slopes of f at `at` by differences with the step h = cbrt(eps) max(1, |x|), where rounding (like eps / h) and
/// curvature (like h^2) weigh the same.
///
/// Kinks are found by a second look with h / 4. For a smooth function the central differences then agree, and the
/// one-sided slopes come four times closer. A bend at a distance t within the step breaks the first rule unless t is
/// near 0, and the second unless t is near h / 5; near h it breaks neither, and does not move `central` either. At a
/// jump the one-sided slopes grow as the step shrinks.
/// \param at  what f reads; each element is moved in turn and set back  \param coordinates  which of them
/// \param f  the function  \param magnitude  of the terms that f adds up: its rounding errors are some eps times that;
///   the size of f itself is taken when it is larger
Slopes difference_slopes(Tensor<double>& at, const Coordinates& coordinates, const std::function<double()>& f,
                         double magnitude = 0);

/// The elements of x at the coordinates: (k).
Tensor<double> gather(const Tensor<double>& x, const Coordinates& coordinates);

/// The Euclidean norm over all elements.
double norm(const Tensor<double>& x);

/// The largest absolute value, NaN aside; 0 for no elements.
double largest(const Tensor<double>& x);

/// ||a - b|| / (||a|| + ||b||), in [0, 1]; 0 when both vanish, NaN when one holds NaN.
/// \throws ShapeError when the shapes differ
double relative_error(const Tensor<double>& a, const Tensor<double>& b);

/// Whether two tensors are equal in shape and in every element; a NaN equals a NaN.
bool same_or_nan(const Tensor<double>& a, const Tensor<double>& b);

}  // namespace mend
