#pragma once

#include <string>
#include <vector>

#include "mutants/trial.hpp"

namespace mutants {

/// How many were planted, and what became of them.
struct Score {
  std::size_t planted = 0, killed = 0, survived = 0, errors = 0;
  /// Those that are not in the checker itself, and those of them whose test names the mistake rightly.
  std::size_t to_diagnose = 0, diagnosed = 0;

  /// One more. \param mutant  what was planted  \param verdict  what became of it
  void count(const Mutant& mutant, const Verdict& verdict);
};

/// Of all. \param mutants  what was planted  \param verdicts  of each
Score score(const std::vector<Mutant>& mutants, const std::vector<Verdict>& verdicts);

/// "mutants: 173 planted, 173 killed, 0 survived, 0 errors; diagnosis right for 150 of 160 (93 %)"
std::string summary(const Score& score);

/// docs/mutants.md: the score of each subject, and each mutant with what the doctor said.
/// \param mutants  sorted by subject  \param verdicts  of each
std::string score_page(const std::vector<Mutant>& mutants, const std::vector<Verdict>& verdicts);

/// The line of one on that page, and what of it does not depend on the verdict.
/// \param mutant  what was planted  \param verdict  what became of it
std::string row_of(const Mutant& mutant, const Verdict& verdict);
std::string row_before_verdict(const Mutant& mutant);

}  // namespace mutants
