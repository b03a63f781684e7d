#pragma once

#include <filesystem>
#include <ostream>
#include <vector>

#include "cli/train.hpp"

namespace mend::cli {

/// What `mend restore` is asked for.
struct RestoreCommand {
  std::vector<std::filesystem::path> pictures;  ///< PNG files, each with one digit.
  std::filesystem::path mask;  ///< PNG of the pictures' size: white, from grey 128 on, is hole.
  std::filesystem::path out;   ///< A PNG file; a folder for several pictures, or when it is one already.
  std::filesystem::path model = default_model;  ///< Who restores.
  bool as_is = false;                           ///< Pictures are 28 x 28, light on dark: see digit_as_is.
  bool raw = false;                             ///< Write the network's known pixels, not the picture's.
};

/// Restores pictures: brings each into MNIST's form (normalise_digit), lets the network fill the hole, and writes the
/// 28 x 28 result in the polarity that the picture had. Nothing is written unless all pictures can be restored.
/// \param command  what to restore  \param log  gets a line for each picture
/// \param warnings  gets a line when most of a picture is hole, or nothing of it
/// \throws Error for a picture, mask or model that cannot be used, when results would be written over each other or over
///   what was read, and when one cannot be written
void restore(const RestoreCommand& command, std::ostream& log, std::ostream& warnings);

}  // namespace mend::cli
