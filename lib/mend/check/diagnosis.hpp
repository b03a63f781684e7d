#pragma once

#include <string>
#include <vector>

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
  adds_twice,
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

}  // namespace mend
