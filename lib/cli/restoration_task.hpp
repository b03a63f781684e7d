#pragma once

#include "cli/digits.hpp"
#include "cli/run.hpp"
#include "mend/metrics/assignment_table.hpp"

namespace mend::cli {

/// What Task 3 found, for the report.
struct RestorationResult {
  std::vector<TableRow> table;                  ///< The assignment's 22 rows, measured.
  std::vector<TableRow> black, mean, gaussian;  ///< The same rows for three baselines.
  double clean_mse = 0;        ///< Whole-image MSE on undamaged test images: how well it copies.
  std::size_t draws = 0;       ///< Masks per test image and row.
  std::size_t parameters = 0;  ///< Of the network.
  double seconds = 0;          ///< Of the training.
  std::size_t epochs = 0;      ///< Of the training.
  std::string summary;         ///< Layer by layer.
};

/// On how many rows the network's error with known pixels kept is above a baseline's.
std::size_t rows_lost(const std::vector<TableRow>& network, const std::vector<TableRow>& baseline);

/// Task 3: trains 784-256-256-128-784 on mixed masks, measures how much can be masked and draws restorations. Writes
/// task3_* into the output folder.
RestorationResult restoration_task(const Digits& digits, const RunOptions& options);

}  // namespace mend::cli
