#pragma once

#include <string>

#include "mend/tensor/tensor.hpp"

// What a wrong gradient looks like often tells which mistake made it.
namespace mend {

/// One sentence on how a gradient differs from the true one: left at zero, of the wrong sign, off by one factor
/// (the batch size, a forgotten 2), wrong at few coordinates, or else where it is worst, with both values.
/// \param analytic  what backward returned  \param truth  the same shape, from an oracle
/// \throws ShapeError when the shapes differ
std::string diagnose(const Tensor<double>& analytic, const Tensor<double>& truth);

/// The coordinate with this row-major number, "(4, 2)". \throws ShapeError when there is no such number.
std::string coordinate_name(const Shape& shape, std::size_t flat);

/// A number as complaints say it, with four digits.
std::string say(double number);

}  // namespace mend
