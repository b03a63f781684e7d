#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mutants/build.hpp"

namespace mutants {

/// What became of a mutant.
struct Verdict {
  enum class Fate { killed, survived, error } fate = Fate::error;
  std::string error;      ///< Why it could not be judged.
  std::string output;     ///< What the named test printed.
  std::string diagnosis;  ///< The first that it printed; empty when there is none.

  /// Whether the doctor is right: says one of the expected names, or nothing where nothing is expected.
  bool right(const Mutant& mutant) const;
};

/// Judges mutants, as many at a time as there are processors. An unmutated copy of each source goes first, the same
/// way: a test that does not exist or fails on it kills nothing.
/// \param progress  told after each mutant how many are done
std::vector<Verdict> judge(Build& build, const std::vector<Mutant>& mutants,
                           const std::function<void(std::size_t)>& progress);

}  // namespace mutants
