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

  sign,             ///< One factor is the whole mistake: -1.
  twice,            ///< 2: something is added twice.
  half,             ///< 1/2: the 2 from the slope of a square is missing.
  times_n,          ///< N, the rows of the batch: a sum for a mean.
  over_n,           ///< 1/N: a mean for a sum.
  times_d,          ///< D, the columns of y.
  over_d,           ///< 1/D.
  times_size,       ///< N D, the entries of y.
  over_size,        ///< 1/(N D).
  constant_factor,  ///< Any other factor.

  upstream_ignored,    ///< dy has no influence.
  not_linear,          ///< Backward is not linear in dy.
  overwrites,          ///< A second backward replaces the gradient of the first; a step replaces the weight.
  adds_twice,          ///< A second backward adds the gradient of the first once more.
  stale,               ///< It is the gradient at a batch seen before.
  one_example,         ///< It is the gradient of one row: the sum over the batch is missing.
  slope_forgotten,     ///< dx is dy: the derivative of the layer was left out.
  slope_twice,         ///< The derivative of the layer was multiplied in twice.
  mask_from_upstream,  ///< A rectifier asks for the sign of dy, not of x.
  transposed,          ///< The entries are those of the transposed gradient.
  offset,              ///< Every entry is off by the same number.

  one_coordinate,    ///< A single entry is wrong.
  border,            ///< The wrong entries are all at the first or the last index of an axis.
  one_branch,        ///< The wrong entries are exactly those where x is negative, or positive.
  some_coordinates,  ///< Some entries are wrong, without such a pattern.
  different,         ///< All entries are wrong, not by one factor.
  kink,              ///< At a kink it is not between the one-sided slopes; or there are too many kinks.
  not_analytic,      ///< The two oracles disagree: forward is another function in complex numbers.
  float_differs,     ///< Float computes something else than double.

  not_repeatable,          ///< A second forward of the same x returns another y.
  predict_is_not_forward,  ///< A law of layers: predict is forward without memory.
  rows_mixed,              ///< A law of layers: rows of a batch are independent.
  argument_changed,        ///< A law of layers: arguments and parameters are left alone.
  shape_unchecked,         ///< A law of layers: what does not fit is refused.
  parameters_alone,        ///< A law of layers: backward_to_parameters is backward without dx.
  not_restored,      ///< A law of layers: parameters and random streams are all that a checkpoint needs.
  scalars_disagree,  ///< A law of layers: float, double and complex numbers make the same layer.

  uphill,            ///< An optimizer's steps go the opposite way.
  rate_ignored,      ///< An optimizer's steps do not depend on the learning rate.
  rate_squared,      ///< An optimizer's steps grow with the square of the learning rate.
  first_step,        ///< An optimizer's first step is wrong already.
  memory,            ///< An optimizer's first step is right: what it remembers is wrong.
  skips_elements,    ///< An optimizer leaves some numbers of a parameter where they are.
  skips_parameters,  ///< An optimizer leaves whole parameters where they are.
  decay,             ///< An optimizer's steps are off by a share of the weight itself.
};

/// The short name of a cause as reports print it, "over N".
const char* name_of(Cause cause);

/// Where a tutorial explains the mistake: `03, "Who divides by N?"`, the number of a tutorial and a section of it.
const char* reading_for(Cause cause);

/// All causes but none, in order: what tests and pages go through.
std::vector<Cause> all_causes();

/// What the doctor says: which mistake, and one sentence on how it shows.
struct Diagnosis {
  Cause cause = Cause::none;  ///< Which mistake.
  std::string sentence;       ///< How it shows, with numbers.
};

}  // namespace mend
