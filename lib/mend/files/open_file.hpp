#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "mend/tensor/error.hpp"

// Internal to lib/mend/files: what its readers have in common.
namespace mend {

/// Opens a file, and returns what `read(std::ifstream&, std::uint64_t size)` makes of it.
/// \param path  which  \param format  what it is read as, for errors  \param read  may throw Error
/// \throws Error that names the file, when it cannot be opened and for each that `read` throws
template <class Read>
auto read_open_file(const std::filesystem::path& path, const std::string& format, const Read& read) {
  std::error_code reason;
  const std::uint64_t size = std::filesystem::file_size(path, reason);
  if (reason) throw Error("cannot read " + path.string() + ": " + reason.message());
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read " + path.string() + ": it cannot be opened");
  try {
    return read(in, size);
  } catch (const Error& error) {
    throw Error("cannot read " + path.string() + " as " + format + ": " + error.what());
  }
}

}  // namespace mend
