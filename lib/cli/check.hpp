#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace mend::cli {

/// What `mend check` is asked for.
struct CheckCommand {
  std::vector<std::string> names;  ///< Layers and losses, "Dense", in any case; all when empty.
  std::uint64_t seed = 1;          ///< Draws inputs, parameters and upstream gradients.
  std::size_t seeds =
      1;  ///< How many seeds from there on; each tensor's worst errors are shown; whole networks: one.
};

/// Checks the gradients of the library: a line for each tensor with its shape, its error against the complex step and
/// against the central difference, that of float, and the verdict; an explanation under what failed; a line that sums
/// up. Fits into 80 columns.
/// \return whether everything passed  \throws Error for a name that is none
bool check(const CheckCommand& command, std::ostream& out);

}  // namespace mend::cli
