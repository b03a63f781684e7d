#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mend {

/// Writes a whole file or nothing: into a temporary file beside it, flushed to disk, then renamed over it.
/// A file that was there hands on its permissions; a link is followed.
/// \throws Error that names the path and the reason: no such folder, not permitted, disk full, no regular file but a
///   folder or a device. A file of that name is then as it was, and the temporary file is gone
void write_file(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file, of at most 1 GiB, or a pipe or a device, of at most 64 MiB.
/// \throws Error when it cannot be read or is larger
std::string read_file(const std::filesystem::path& path);

}  // namespace mend
