#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mend::cli {

/// What `mend run` is asked for.
struct RunOptions {
  std::string data;                       ///< See load_dataset.
  std::filesystem::path out = "outputs";  ///< Made when it is not there.
  std::uint64_t seed = 0;                 ///< Of all random streams.
  bool quick = false;                     ///< Few images and epochs.
  bool quiet = false;                     ///< No progress bar.
};

/// The assignment, Tasks 1 to 3: loads the fives and sevens, trains both networks exactly as it says, and writes its
/// four figures, their data, two checkpoints and report.html. \throws Error when anything of it fails
void run(const RunOptions& options);

}  // namespace mend::cli
