#pragma once

#include "cli/experiment/experiment.hpp"

namespace mend::cli {

/// Writes OUT/experiment.html: the verdicts of the baseline gate, all rows and contestants with intervals, crossing
/// points and figures. \throws Error when a figure is missing or the file cannot be written
void write_experiment_page(const Experiment& experiment, const RunOptions& options);

/// Where a contestant's error first rises through a level as the holes of a family grow: area in percent, NaN when it
/// does not within the rows. \param measure  composite or whole
double crossing_area(const Experiment& experiment, const std::string& contestant, MaskFamily family,
                     Measure measure, double level);

}  // namespace mend::cli
