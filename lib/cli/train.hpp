#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace mend::cli {

/// Where `mend train` leaves a network, and where `mend restore` and `mend evaluate` look for it.
inline const std::filesystem::path default_model = "outputs/restorer.safetensors";

/// What `mend train` is asked for.
struct TrainCommand {
  std::string data;         ///< See load_dataset.
  std::size_t epochs = 50;  ///< Over all training images, those before a resumption included.
  std::uint64_t seed = 0;   ///< Of weights, order and masks.
  std::filesystem::path out = default_model;  ///< The checkpoint; its folder is made when it is not there.
  bool resume = false;                        ///< Go on from the checkpoint; begin when there is none.
  bool quick = false;                         ///< Few images.
  bool quiet = false;                         ///< No progress bar.
};

/// Trains the assignment's restorer on its two classes and writes a checkpoint before the first and after each epoch.
///
/// Killed at any moment, it goes on with `resume` to the same bytes as without the interruption, history included: what
/// was done since the last whole epoch is done again. SIGINT and SIGTERM end it before the next batch. A training that is
/// over can be resumed for more epochs.
/// \param command  what to train
/// \return the exit status: 0, or 130 (SIGINT) and 143 (SIGTERM) after saying on standard error how to go on
/// \throws Error when `out` is there without `resume`, or holds another training; when data cannot be read; and when the
///   checkpoint cannot be written: the last one is then whole
int train(const TrainCommand& command);

}  // namespace mend::cli
