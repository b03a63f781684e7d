#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mend/check/diagnosis.hpp"
#include "mend/check/oracles.hpp"

// The gradient doctor: tells a mistake from what a wrong gradient looks like.
namespace mend {

/// A mistake that somebody may have made, and the gradient that it would have led to.
struct Suspect {
  Cause cause;           ///< Which mistake.
  std::string sentence;  ///< How it shows.
  std::function<Tensor<double>()>
      gradient;  ///< (k), at the coordinates of the evidence; called when it is needed.
};

/// What the doctor gets to see.
struct Evidence {
  Shape shape;                         ///< Of the tensor.
  Coordinates coordinates;             ///< The k entries that were compared.
  Tensor<double> analytic;             ///< (k), what backward returned.
  Tensor<double> truth;                ///< (k), from an oracle.
  std::size_t rows = 0;                ///< N, the rows of the batch; 0 when there is none.
  std::size_t columns = 0;             ///< D, the columns of y; 0 when there are none.
  bool of_loss = false;                ///< Whether it is the gradient of a loss, and not of a layer.
  Tensor<double> x = {};               ///< (k), the inputs there, where each y depends on one x; else empty.
  std::vector<Suspect> suspects = {};  ///< Believed in this order.
  double exactness =
      1e-12;  ///< Of the oracle: an entry is wrong when it is off by a larger share of the largest.
};

/// Tells how a gradient differs from the true one. Simple explanations come first: left at zero, a factor with a reason
/// (the sign, the size of the batch, a forgotten 2); then the suspects; then a transposed product, any other factor or
/// an offset; and at last where the wrong entries lie. \throws ShapeError when the tensors are not (k)
Diagnosis diagnose(const Evidence& evidence);

/// The coordinate with this row-major number, "(4, 2)". \throws ShapeError when there is no such number.
std::string coordinate_name(const Shape& shape, std::size_t flat);

/// A number as complaints say it, with four digits.
std::string say(double number);

/// The text in lines of at most 80 columns, each after `indent` blanks; lines after the first get two more.
std::string paragraph(const std::string& text, std::size_t indent);

}  // namespace mend
