#pragma once

#include "cli/experiment/experiment.hpp"

namespace mend::cli {

/// Draws what the experiment found into the output folder: experiment_shape (error against area and against hidden
/// ink), experiment_error, experiment_ratio, experiment_reading, experiment_maps, experiment_cases.
void draw_experiment(const Experiment& experiment, const RunOptions& options);

}  // namespace mend::cli
