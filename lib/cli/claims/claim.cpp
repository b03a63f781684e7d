#include "cli/claims/claim.hpp"

#include "mend/tensor/error.hpp"

namespace mend::cli {

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::does_not_hold:
      return "does not hold";
    case Verdict::cannot_be_told:
      return "cannot be told";
  }
  throw Error("to_string: no Verdict has the number " + std::to_string(static_cast<int>(verdict)));
}

Verdict verdict_from_string(const std::string& text) {
  for (const Verdict verdict : {Verdict::holds, Verdict::does_not_hold, Verdict::cannot_be_told})
    if (text == to_string(verdict)) return verdict;
  throw Error("verdict_from_string: expected holds, does not hold or cannot be told, found '" + text + "'");
}

Verdict verdict_below(const Interval& interval, double bound) {
  if (interval.high < bound) return Verdict::holds;
  return interval.low > bound ? Verdict::does_not_hold : Verdict::cannot_be_told;
}

Verdict verdict_above(const Interval& interval, double bound) {
  if (interval.low > bound) return Verdict::holds;
  return interval.high < bound ? Verdict::does_not_hold : Verdict::cannot_be_told;
}

Verdict verdict_within(const Interval& interval, double low, double high) {
  if (interval.low >= low && interval.high <= high) return Verdict::holds;
  return interval.high < low || interval.low > high ? Verdict::does_not_hold : Verdict::cannot_be_told;
}

Verdict all_of(const std::vector<Verdict>& parts) {
  Verdict all = Verdict::holds;
  for (const Verdict part : parts) {
    if (part == Verdict::does_not_hold) return part;
    if (part == Verdict::cannot_be_told) all = part;
  }
  return all;
}

Verdict verdict_if(bool condition) { return condition ? Verdict::holds : Verdict::does_not_hold; }

}  // namespace mend::cli
