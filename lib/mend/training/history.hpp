#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mend {

/// What is kept of an epoch.
struct EpochRecord {
  std::size_t epoch = 0;       ///< From 1.
  double loss = 0;             ///< Mean training loss over the epoch's examples, while it was learning.
  double validation_loss = 0;  ///< After the epoch; NaN where there is no validation set.
  double learning_rate = 0;    ///< In the epoch.
};

/// The epochs of a training, in order.
using History = std::vector<EpochRecord>;

/// The columns epoch, loss, validation_loss, learning_rate as CSV; an empty cell for NaN. Each number has the
/// fewest digits that read back as the same number.
std::string history_to_csv(const History& history);
/// The history that history_to_csv wrote, bit for bit. \throws Error that names the first line that is not
/// right
History history_from_csv(std::string_view csv);

/// Writes history_to_csv(history), whole or not at all. \throws Error when that fails
void save_history(const std::filesystem::path& path, const History& history);

}  // namespace mend
