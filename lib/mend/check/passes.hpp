#pragma once

#include <complex>
#include <vector>

#include "mend/check/diagnosis.hpp"
#include "mend/check/frozen.hpp"

// Internal to the checks: what backward returns, and what two passes of it say before any number is compared.
namespace mend {

/// One and the same layer for each scalar.
struct Trio {
  Layer<double>& layer;
  Layer<std::complex<double>>& twin;
  Layer<float>* narrow;  ///< Null when there is none.
};

/// Copies the layer's parameters to the others. \throws Error when they are not the same layer
void share_parameters(Trio trio);

/// Two passes backward from cleared gradients, after one for another batch of which nothing may be left. The second
/// has three times the upstream gradient, so that dx must triple and the gradients of parameters add up to four times
/// the first.
struct TwoPasses {
  std::vector<Tensor<double>> first;   ///< dx, then the gradient of each parameter.
  std::vector<Tensor<double>> second;  ///< The same; empty when the first has a wrong shape.
  std::vector<bool> moved;             ///< Whether the parameter's value was changed: never for x.

  /// What the passes say of tensor i.
  Diagnosis suspicion(std::size_t i) const;
};

/// Runs them. \param frozen  the layer; left with the gradients of the first pass  \param x  (N, ...)
/// \param upstream  dL/dy at x  \throws ShapeError when backward does
TwoPasses go_back_twice(Frozen<double>& frozen, const Tensor<double>& x, const Tensor<double>& upstream);

/// The first pass in float, as numbers in double; empty when there is no layer in float.
std::vector<Tensor<double>> go_back_in_float(Trio trio, const Tensor<double>& x,
                                             const Tensor<double>& upstream);

}  // namespace mend
