#pragma once

#include "cli/digits.hpp"
#include "cli/embedding_task.hpp"
#include "cli/restoration_task.hpp"
#include "cli/run.hpp"

namespace mend::cli {

/// Writes report.html into the output folder: one file that holds its pictures and needs nothing from anywhere.
void write_report(const Digits& digits, const EmbeddingResult& embedding,
                  const RestorationResult& restoration, const RunOptions& options);

}  // namespace mend::cli
