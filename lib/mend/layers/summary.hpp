#pragma once

#include <string>

#include "mend/layers/sequential.hpp"

namespace mend {

/// A whole number as people read it: 400784 becomes "400,784".
std::string with_commas(std::size_t number);

/// How many numbers the parameters of a layer hold together.
template <class T>
std::size_t count_parameters(Layer<T>& layer);

/// A table: each layer's description, output shape and exact number of parameters, and their total.
/// \param net  the network  \param input  the shape of an input, (N, D) \throws ShapeError when it does not fit
template <class T>
std::string summary(Sequential<T>& net, const Shape& input);

}  // namespace mend
