#pragma once

#include <string>

#include "cli/experiment/experiment.hpp"
#include "mend/files/csv.hpp"

namespace mend::cli {

/// All that the experiment found, a line a number: row, model, measure, estimate, low, high. Beside the measures of
/// every row and contestant: area and ink of the rows, and over "all rows" each network's ratio to each baseline, rows
/// won and lost, and R2 of its error on area and ink. The text of the site takes its numbers from this table.
Csv results_csv(const Experiment& experiment);

/// The page of the site that is made from that table, in Markdown. \param results  as results_csv wrote them
/// \throws Error when a number is missing
std::string results_markdown(const CsvTable& results);

/// R2 of a quadratic curve through the assignment network's 22 errors over the whole image.
/// \param fact  area or ink
double pooled_r_squared(const Experiment& experiment, double RowFacts::*fact);

}  // namespace mend::cli
