#pragma once

#include <complex>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "mend/layers/layer.hpp"
#include "mend/losses/loss.hpp"

// Is a backward pass the derivative of its forward pass? Two independent oracles answer, at every coordinate
// of the input and of every parameter.
namespace mend {

/// How strictly gradients are judged; the defaults are those of the whole test suite.
struct CheckOptions {
  double complex_tolerance = 1e-12;  ///< For the complex step, per tensor and norm-wise.
  double central_tolerance = 1e-6;   ///< For the central difference, per tensor and norm-wise.
  double vacuous_below = 1e-8;  ///< A numeric gradient with a smaller norm proves nothing: the check fails.
  double kink_share = 0.05;     ///< At most this share of the coordinates may lie at a kink.
  std::uint64_t seed = 1;       ///< Draws inputs, parameters and the upstream gradient.
};

/// The verdict on one tensor: the input, or one parameter.
struct TensorCheck {
  std::string name;          ///< "x", "weight", "0.bias", "y".
  Shape shape;               ///< Of the tensor.
  double complex_error = 0;  ///< ||a - n|| / (||a|| + ||n||) against the complex step.
  double central_error = 0;  ///< The same against central differences, kinks left out.
  std::size_t kinks = 0;     ///< Coordinates judged by the interval between their one-sided slopes.
  std::string complaint;     ///< What is wrong; empty when nothing is.
};

/// The verdicts on all tensors of a layer or a loss.
struct CheckReport {
  std::vector<TensorCheck> tensors;  ///< The input first, then the parameters in order.
  bool passed() const;               ///< Whether no tensor has a complaint.
};

/// One line per tensor: name, shape, both errors, verdict.
std::ostream& operator<<(std::ostream& out, const CheckReport& report);

/// Checks `layer` at the input x, with the parameters that it has, for a random upstream gradient.
///
/// The objective is sum(R * y) with R random, never ones: a layer that ignores its upstream gradient is caught.
/// Oracle A is the complex step, Im f(x + ih) / h with h = 1e-30 (Squire and Trapp 1998), exact to rounding.
/// Oracle B is the central difference in double with h = cbrt(eps) max(1, |x|).
/// Where the one-sided slopes differ (a kink) the gradient must lie between them and neither oracle else counts:
/// any choice is a subgradient. Which one a layer takes, Relu'(0) = 0, its own test pins.
/// Two passes backward show that the gradient is linear in the upstream gradient and that parameters add up.
/// A random layer is frozen: its streams are set back before each evaluation.
/// \param layer  what is checked  \param twin  the same layer over complex numbers; gets the same parameters
/// \param x  (N, ...)  \param options  tolerances and seed
CheckReport check_layer(Layer<double>& layer, Layer<std::complex<double>>& twin, const Tensor<double>& x,
                        const CheckOptions& options = {});

/// Fills every parameter with normal numbers of deviation 1/2: biases too, for at zero much stays hidden.
void randomize_parameters(Layer<double>& layer, Random& random);

/// A tensor of normal numbers, the usual input of a check.
Tensor<double> random_normal(const Shape& shape, Random& random);

/// Checks the layer that `make.template operator()<T>(random)` makes, at random inputs and parameters.
///
/// \code
/// check_layer([]<class T>(Random& random) { return Dense<T>(4, 3, random); }, Shape{5, 4})
/// \endcode
/// \param make  makes the layer for T = double and T = std::complex<double>  \param x  the shape of the input
/// \param options  tolerances and seed
template <class Make>
CheckReport check_layer(Make make, const Shape& x, const CheckOptions& options = {}) {
  Random for_layer(options.seed, "layer"), for_twin(options.seed, "layer"), random(options.seed, "check");
  auto layer = make.template operator()<double>(for_layer);
  auto twin = make.template operator()<std::complex<double>>(for_twin);
  randomize_parameters(layer, random);
  return check_layer(layer, twin, random_normal(x, random), options);
}

/// Checks the gradient of a scalar function: what check_loss is made of.
/// \param value_and_gradient  the loss in double  \param twin  its value over complex numbers  \param y  where
/// \param options  tolerances
CheckReport check_function(
    const std::function<Loss<double>(const Tensor<double>&)>& value_and_gradient,
    const std::function<std::complex<double>(const Tensor<std::complex<double>>&)>& twin,
    const Tensor<double>& y, const CheckOptions& options = {});

/// Checks the gradient of a loss with respect to y.
///
/// \code
/// check_loss([](const auto& y, const auto& target) { return mse(y, target); }, y, target)
/// \endcode
/// \param loss  callable for Tensor<double> and Tensor<std::complex<double>>  \param y  the network's output
/// \param target  what it should have been  \param options  tolerances
template <class F>
CheckReport check_loss(F loss, const Tensor<double>& y, const Tensor<double>& target,
                       const CheckOptions& options = {}) {
  using Complex = std::complex<double>;
  const Tensor<Complex> twin_target = cast<Complex>(target);
  return check_function([&](const Tensor<double>& v) { return loss(v, target); },
                        [&](const Tensor<Complex>& v) { return loss(v, twin_target).value; }, y, options);
}

}  // namespace mend
