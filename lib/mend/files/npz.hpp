#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "mend/files/npy.hpp"

namespace mend {

/// How the arrays of a .npz file are packed.
enum class NpzCompression {
  stored,   ///< As they are, like numpy.savez: fast, and weights do not get much smaller.
  deflated  ///< By zlib, like numpy.savez_compressed: for images and masks.
};

/// Reads a .npz file, as numpy.savez and numpy.savez_compressed write it: a zip archive of .npy files, by name without
/// ".npy". What load_npy reads, this does.
///
/// Nothing in the file is trusted, as in load_npy. Names are not empty, without ".." and NUL, and occur once. The arrays
/// together need at most 32 MiB more than the file: a small file that would unpack to a large one is refused.
/// \throws Error that says what is wrong with it
std::map<std::string, StoredTensor> load_npz(const std::filesystem::path& path);

/// The headers of the arrays that load_npz would read, without their elements. \throws Error as load_npz does, but for
/// damage to the elements
std::map<std::string, NpyHeader> load_npz_headers(const std::filesystem::path& path);

/// Writes a .npz file, whole or not at all: the same bytes for the same arrays; numpy.load opens it.
/// \throws Error when that fails, or for a name that the file cannot carry
void save_npz(const std::filesystem::path& path, const std::map<std::string, StoredTensor>& arrays,
              NpzCompression compression = NpzCompression::stored);

}  // namespace mend
