#pragma once

#include <cstddef>
#include <functional>

#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

// How weights begin. Each draws a (fan_in, fan_out) matrix in double, so that float, double and complex
// networks of one seed begin alike.
namespace mend {

/// Draws the weights of a layer with `fan_in` inputs and `fan_out` outputs: a (fan_in, fan_out) matrix.
using Initializer = std::function<Tensor<double>(std::size_t fan_in, std::size_t fan_out, Random& random)>;

/// Uniform in +-sqrt(6 / (fan_in + fan_out)): keeps the variance of values and gradients through linear and
/// tanh-like layers (Glorot and Bengio 2010). What Keras uses where nothing is said.
Tensor<double> glorot_uniform(std::size_t fan_in, std::size_t fan_out, Random& random);
/// Normal with variance 2 / fan_in: the same for ReLU, which drops half (He et al. 2015).
Tensor<double> he_normal(std::size_t fan_in, std::size_t fan_out, Random& random);
/// Normal with variance 1 / fan_in (LeCun et al. 1998).
Tensor<double> lecun_normal(std::size_t fan_in, std::size_t fan_out, Random& random);
/// Orthonormal columns, or rows where there are fewer of them (Saxe, McClelland, Ganguli 2014).
Tensor<double> orthogonal(std::size_t fan_in, std::size_t fan_out, Random& random);
/// Uniform in [low, high), whatever the fans.
Initializer uniform(double low, double high);

}  // namespace mend
