#pragma once

#include <complex>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mend/check/makers.hpp"
#include "mend/check/report.hpp"
#include "mend/layers/layer.hpp"
#include "mend/losses/loss.hpp"

// Is a backward pass the derivative of its forward pass? Two independent oracles answer, at every coordinate
// of the input and of every parameter.
namespace mend {

/// How strictly gradients are judged; the defaults are those of the whole test suite.
struct CheckOptions {
  double complex_tolerance = 1e-12;  ///< For the complex step, per tensor and norm-wise.
  double central_tolerance = 1e-6;   ///< For the central difference, likewise, beyond its rounding.
  double float_tolerance = 1e-4;     ///< For backward in float against backward in double.
  double vacuous_below =
      1e-8;  ///< A gradient by the complex step of a smaller norm proves nothing: the check fails.
  double kink_share = 0.05;  ///< At most this share of the coordinates may lie at a kink.
  std::size_t all_up_to =
      2000;                 ///< A tensor with more entries than this is sampled, and probed along directions.
  std::size_t sample = 64;  ///< How many entries are compared one by one in a sample.
  std::size_t directions = 3;  ///< Along how many random directions all entries together are probed.
  std::vector<std::string> zero_by_design =
      {};                  ///< Tensors whose gradient must be zero, instead of being vacuous.
  std::uint64_t seed = 1;  ///< Draws inputs, parameters, the upstream gradient and samples.
};

/// Checks `layer` at the input x, with the parameters that it has, for a random upstream gradient.
///
/// The objective is sum(R * y) with R random, never ones: a layer that ignores its upstream gradient is caught.
/// - Oracle A is the complex step, Im f(x + ih) / h with h = 1e-30 (Squire and Trapp 1998), exact to rounding.
/// - Oracle B is the central difference in double with h = cbrt(eps) max(1, |x|).
/// - Where the function bends within that step (a kink) the gradient must lie between the one-sided slopes and no
///   oracle counts: any choice is a subgradient. Which one a layer takes, Relu'(0) = 0, its own test pins.
/// - Two passes backward show that the gradient is linear in the upstream gradient and that parameters add up; a pass
///   for another batch before them shows that nothing is left of that.
/// - A tensor of more than `all_up_to` entries is compared at a sample that visits every region; all of its entries
///   together are probed along random directions, and a discrepancy is traced to its entry by halving.
///
/// A random layer is frozen: its streams are set back before each evaluation. Take at least 3 rows, or sums over the
/// batch are hardly tested, and extents that differ, or a transposed product may fit. A parameter that `parameters()`
/// does not list is not checked: compare the lines of the report with what the layer learns.
/// \param layer  what is checked  \param twin  the same layer over complex numbers; gets the same parameters
/// \param x  (N, ...)  \param options  tolerances and seed
/// \throws Error when layer and twin do not describe themselves alike or differ in the number of their parameters; and
///   whatever forward throws
CheckReport check_layer(Layer<double>& layer, Layer<std::complex<double>>& twin, const Tensor<double>& x,
                        const CheckOptions& options = {});

/// Checks the layer that `make` makes, at random inputs and parameters, and that float computes what double does.
/// Inputs and parameters are normal numbers; for a layer with a domain, a logarithm, take the other overload.
///
/// \code
/// check_layer([]<class T>(Random& random) { return Dense<T>(4, 3, random); }, Shape{5, 4})
/// \endcode
/// \param make  makes the layer for each scalar  \param x  the shape of the input  \param options  tolerances and seed
CheckReport check_layer(const LayerMaker& make, const Shape& x, const CheckOptions& options = {});

/// Checks a whole network with its loss, as a training step uses them: the gradient of loss(net(x), target) with
/// respect to x and every parameter, at random parameters.
/// \param make  makes the network for each scalar  \param loss  the loss for each scalar
/// \param x  (N, ...)  \param target  the shape of the network's output  \param options  tolerances and seed
CheckReport check_network(const LayerMaker& make, const LossFunction& loss, const Tensor<double>& x,
                          const Tensor<double>& target, const CheckOptions& options = {});

/// Checks the gradient of a loss with respect to y.
///
/// \code
/// check_loss([](const auto& y, const auto& target) { return mse(y, target); }, y, target)
/// \endcode
/// \param loss  the loss for each scalar  \param y  the network's output, of the shape and range that the loss wants
/// \param target  what it should have been, likewise  \param options  tolerances
CheckReport check_loss(const LossFunction& loss, const Tensor<double>& y, const Tensor<double>& target,
                       const CheckOptions& options = {});

/// Checks the gradient of any scalar function of a tensor.
/// \param value_and_gradient  the function in double  \param twin  its value over complex numbers  \param y  where
/// \param options  tolerances
CheckReport check_function(
    const std::function<Loss<double>(const Tensor<double>&)>& value_and_gradient,
    const std::function<std::complex<double>(const Tensor<std::complex<double>>&)>& twin,
    const Tensor<double>& y, const CheckOptions& options = {});

/// Fills every parameter with normal numbers: of deviation 1 / sqrt(fan-in) for weights, so that values keep their size
/// through deep networks, and 1/2 for biases, for at zero much stays hidden.
void randomize_parameters(Layer<double>& layer, Random& random);

/// A tensor of normal numbers, the usual input of a check.
Tensor<double> random_normal(const Shape& shape, Random& random);

}  // namespace mend
