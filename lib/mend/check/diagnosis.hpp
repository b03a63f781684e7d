#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mend/check/oracles.hpp"

// The gradient doctor: what a wrong gradient looks like often tells which mistake made it.
namespace mend {

/// The mistakes that a failed check can tell apart. name_of() gives the words that reports use.
enum class Cause {
  none,         ///< Nothing is wrong, or nothing more can be said.
  wrong_shape,  ///< The gradient has not the shape of its tensor.
  not_finite,   ///< It holds NaN or infinity.
  zero,         ///< It was never set.
  vacuous,      ///< The true gradient is zero: nothing was checked.
  // One factor is the whole mistake.
  sign,
  twice,
  half,
  times_n,
  over_n,
  times_d,
  over_d,
  times_size,
  over_size,
  constant_factor,
  // The gradient of something else.
  upstream_ignored,
  not_linear,
  overwrites,
  stale,
  one_example,
  slope_forgotten,
  slope_twice,
  mask_from_upstream,
  transposed,
  offset,
  // Only where it is wrong can be told.
  one_coordinate,
  border,
  some_coordinates,
  different,
  kink,
  not_analytic,
  float_differs,
  // The laws of layers.
  predict_is_not_forward,
  rows_mixed,
  argument_changed,
  shape_unchecked,
  parameters_alone,
  not_restored,
  scalars_disagree,
  // Optimizers.
  uphill,
  rate_ignored,
  rate_squared,
  first_step,
  memory,
  skips_elements,
  skips_parameters,
  decay,
};

/// The short name of a cause as reports print it, "over N".
const char* name_of(Cause cause);

/// Where a tutorial explains the mistake: `03, "Who divides by N?"`, the number of a tutorial and a section of it.
const char* reading_for(Cause cause);

/// All causes but none, in order: what tests and pages go through.
std::vector<Cause> all_causes();

/// What the doctor says: which mistake, and one sentence on how it shows.
struct Diagnosis {
  Cause cause = Cause::none;
  std::string sentence;
};

/// A mistake that somebody may have made, and the gradient that it would have led to.
struct Suspect {
  Cause cause;
  std::string sentence;
  std::function<Tensor<double>()>
      gradient;  ///< (k), at the coordinates of the evidence; called when it is needed.
};

/// What the doctor gets to see.
struct Evidence {
  Shape shape;              ///< Of the tensor.
  Coordinates coordinates;  ///< The k entries that were compared.
  Tensor<double> analytic;  ///< (k), what backward returned.
  Tensor<double> truth;     ///< (k), from an oracle.
  std::size_t rows = 0;     ///< N, the rows of the batch; 0 when there is none.
  std::size_t columns = 0;  ///< D, the columns of a loss's y; 0 for layers.
  std::vector<Suspect> suspects = {};
  double exactness =
      1e-12;  ///< Of the oracle: an entry is wrong when it is off by a larger share of the largest.
};

/// Tells how a gradient differs from the true one. Simple explanations come first: left at zero, one factor (the sign,
/// the size of the batch, a forgotten 2); then the suspects; then a transposed product or an offset; and at last
/// where the wrong entries lie. \throws ShapeError when the tensors are not (k)
Diagnosis diagnose(const Evidence& evidence);

/// The coordinate with this row-major number, "(4, 2)". \throws ShapeError when there is no such number.
std::string coordinate_name(const Shape& shape, std::size_t flat);

/// A number as complaints say it, with four digits.
std::string say(double number);

/// The text in lines of at most 80 columns, each after `indent` blanks; lines after the first get two more.
std::string paragraph(const std::string& text, std::size_t indent);

}  // namespace mend
