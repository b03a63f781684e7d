#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mend {

/// Writes a whole file or nothing: into a temporary file beside it, flushed to disk, then renamed over it.
/// \throws Error that names the path and the reason: no such folder, not permitted, disk full. A file of that name is
///   then as it was, and the temporary file is gone
void write_file(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file. \throws Error when it cannot be read
std::string read_file(const std::filesystem::path& path);

}  // namespace mend
