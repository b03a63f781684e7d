#pragma once

#include <string>
#include <vector>

#include "report/results.hpp"

namespace bench {

/// A figure that the library is to reach, and whether it does.
struct Goal {
  std::string job;         ///< What is done.
  std::string unit;        ///< Against what: "x its sgemm calls", "x PyTorch", "s".
  double limit;            ///< At most; for what is counted in yes and no, exactly 1.
  double measured;         ///< NaN when it was not.
  bool yes_or_no = false;  ///< Whether limit and measured are 0 for no and 1 for yes.

  bool known() const { return measured == measured; }  ///< Whether it was measured.
  /// Whether the goal is reached.
  bool met() const { return yes_or_no ? measured == limit : measured <= limit; }
  std::string goal() const;     ///< "at most 1.20 x its sgemm calls".
  std::string found() const;    ///< "1.18", "not measured".
  std::string verdict() const;  ///< "met", "missed", or nothing.
};

/// The goals of the library, with what the results say about each.
std::vector<Goal> goals(const Results& results);

}  // namespace bench
