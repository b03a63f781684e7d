#pragma once

#include <string>

#include "mend/training/fit.hpp"

namespace mend {

/// Whether every element is a finite number: neither infinite nor NaN.
bool all_finite(const Tensor<float>& x);

/// Where the numbers of a training step stop being finite: goes through it once more, layer by layer for a Sequential,
/// forwards and then backwards, and stops at the first that is not. For after the fact: it costs a step, and the
/// gradients of the network are then those of this batch as far as it came.
/// \param net  the network; what is no Sequential counts as one layer  \param batch  what it was to learn from
/// \param loss  what was to fall
/// \return "the input", "the output of layer 2, Relu", with ", whose weights are not finite, either" where that is so,
///   "the loss", "the gradient of the loss", "the gradient of layer 0, Dense(6, 6)"; empty when all is finite
std::string first_non_finite(Layer<float>& net, Batch batch, const BatchLoss& loss);

}  // namespace mend
