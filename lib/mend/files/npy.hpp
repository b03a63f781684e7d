#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "mend/files/stored_tensor.hpp"

namespace mend {

/// Reads a .npy file, as numpy.save writes it: float ('<f4'), double ('<f8') or bytes ('|u1') in C order, at most 4
/// axes, versions 1.0 to 3.0 of the format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
///
/// Nothing in the file is trusted: its header's length, types and shape are checked before memory is taken.
/// \throws Error that says what is wrong with it, or what to do in NumPy about what cannot be read
StoredTensor load_npy(const std::filesystem::path& path);

/// What the header of a .npy file says of the elements behind it.
struct NpyHeader {
  StoredType type = StoredType::f32;  ///< '<f4', '<f8' or '|u1'.
  Shape shape;                        ///< Their arrangement, row-major.
};

/// What load_npy would read, without the elements. \throws Error as load_npy does
NpyHeader load_npy_header(const std::filesystem::path& path);

/// Writes a .npy file, version 1.0, whole or not at all; numpy.load opens it. \throws Error when that fails
void save_npy(const std::filesystem::path& path, const StoredTensor& tensor);

/// Where bytes come from: writes the next `count` of them to `destination`. \throws Error when there are fewer
using ReadBytes = std::function<void(char* destination, std::size_t count)>;

/// What load_npy does with the bytes of a file, from anywhere. \param read  hands them out from the first to the last
/// \param size  how many there are \throws Error as load_npy does
StoredTensor read_npy(const ReadBytes& read, std::uint64_t size);

/// The same without the elements, which are left where they are.
NpyHeader read_npy_header(const ReadBytes& read, std::uint64_t size);

}  // namespace mend
