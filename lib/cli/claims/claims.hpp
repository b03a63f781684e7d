#pragma once

#include <vector>

#include "cli/claims/claim.hpp"
#include "cli/claims/studies.hpp"
#include "mend/files/csv.hpp"

namespace mend::cli {

/// Judges the 32 statements of the assignment. \param experiment  finished  \param studies  finished
std::vector<Claim> judge_claims(const Experiment& experiment, const Studies& studies);

/// A line a claim: number, verdict, statement, test, data, finding, estimate, low, high.
Csv claims_csv(const std::vector<Claim>& claims);

/// What claims_csv wrote. \throws Error when it is no such table
std::vector<Claim> claims_from_csv(const CsvTable& table);

/// The same as a page of the site, in Markdown.
std::string claims_markdown(const std::vector<Claim>& claims);

/// How many hold, and the table, as HTML.
std::string claims_html(const std::vector<Claim>& claims);

/// Runs the studies, judges, and writes claims.csv, claims.md and claims.html beside the experiment's files.
/// \param experiment  finished  \param options  those of the experiment \return the verdicts
std::vector<Claim> run_claims(const Experiment& experiment, const RunOptions& options);

}  // namespace mend::cli
