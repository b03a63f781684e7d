#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mend/metrics/bootstrap.hpp"

namespace mend::cli {

/// What a test says of a claim.
enum class Verdict {
  holds,          ///< The test's criterion is met, with its whole interval where there is one.
  does_not_hold,  ///< It is missed, likewise.
  cannot_be_told  ///< The interval lies on both sides, or the data does not bear on the claim.
};

/// "holds", "does not hold", "cannot be told".
std::string to_string(Verdict verdict);
/// What to_string says, back again. \throws Error for any other text
Verdict verdict_from_string(const std::string& text);

/// One statement of the assignment, and what became of it.
struct Claim {
  int number = 0;                             ///< 1 to 32.
  std::string statement;                      ///< In our words.
  std::string test;                           ///< The criterion, fixed before the data was seen.
  std::string data;                           ///< What was measured, how often.
  std::string finding;                        ///< The numbers.
  std::optional<Interval> interval = {};      ///< Of the quantity that the criterion is about.
  Verdict verdict = Verdict::cannot_be_told;  ///< By the criterion.
};

/// holds when the whole interval lies below the bound, does_not_hold when above, else cannot_be_told.
Verdict verdict_below(const Interval& interval, double bound);
/// holds when the whole interval lies above the bound, does_not_hold when below, else cannot_be_told.
Verdict verdict_above(const Interval& interval, double bound);
/// holds when the whole interval lies within [low, high], does_not_hold when wholly outside, else cannot_be_told.
Verdict verdict_within(const Interval& interval, double low, double high);
/// does_not_hold when one of them does not hold, else cannot_be_told when one cannot be told, else holds: the
/// verdict on a claim of which every part has to hold.
Verdict all_of(const std::vector<Verdict>& parts);
/// holds or does_not_hold, for what is counted and not estimated.
Verdict verdict_if(bool condition);

}  // namespace mend::cli
