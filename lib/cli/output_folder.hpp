#pragma once

#include <filesystem>

namespace mend::cli {

/// Makes the folder where it is not there, and finds out before the work, not after it, that nothing can be saved.
/// \throws Error when it cannot be made or written into; the text says to name another with --out
void make_output_folder(const std::filesystem::path& folder);

}  // namespace mend::cli
