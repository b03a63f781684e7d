#pragma once

#include "cli/digits.hpp"
#include "cli/restoration_table.hpp"
#include "cli/run.hpp"

namespace mend::cli {

/// What Task 3 found, for the report.
struct RestorationResult : RestorationTable {
  double clean_mse = 0;        ///< Whole-image MSE on undamaged test images: how well it copies.
  std::size_t parameters = 0;  ///< Of the network.
  double seconds = 0;          ///< Of the training.
  std::size_t epochs = 0;      ///< Of the training.
  std::string summary;         ///< Layer by layer.
};

/// Task 3: trains 784-256-256-128-784 on mixed masks, measures how much can be masked and draws restorations. Writes
/// task3_* into the output folder.
RestorationResult restoration_task(const Digits& digits, const RunOptions& options);

}  // namespace mend::cli
