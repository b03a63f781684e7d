#pragma once

#include <string>
#include <string_view>

#include "mend/files/npy.hpp"
#include "mend/files/safetensors_header.hpp"

// Internal to lib/mend/files: programs call load_npy and save_npy.
namespace mend {

/// NumPy reads no longer headers either, unless it is told to: each byte costs its parser time.
constexpr std::size_t longest_npy_header = 10'000;

/// Reads a header and believes nothing in it. \param text  a Python dictionary, padded with spaces:
///   `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`
/// \throws Error that says what is wrong, or what cannot be read and what to do in NumPy
NpyHeader parse_npy_header(std::string_view text);

/// All that stands before the elements, in version 1.0: magic, version, length and dictionary, a multiple of 64 bytes.
std::string npy_header(const StoredTensor& tensor);

}  // namespace mend
