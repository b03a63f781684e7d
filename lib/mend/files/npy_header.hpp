#pragma once

#include <string>
#include <string_view>

#include "mend/files/safetensors_header.hpp"
#include "mend/files/stored_tensor.hpp"

// Internal to lib/mend/files: programs call load_npy and save_npy.
namespace mend {

/// What the header of a .npy file says of the elements behind it.
struct NpyHeader {
  StoredType type = StoredType::f32;  ///< '<f4', '<f8' or '|u1'.
  Shape shape;                        ///< Their arrangement, row-major.
};

/// NumPy reads no longer headers either, unless it is told to: each byte costs its parser time.
constexpr std::size_t longest_npy_header = 10'000;

/// Reads a header and believes nothing in it. \param text  a Python dictionary, padded with spaces:
///   `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`
/// \throws Error that says what is wrong, or what cannot be read and what to do in NumPy
NpyHeader parse_npy_header(std::string_view text);

/// All that stands before the elements, in version 1.0: magic, version, length and dictionary, a multiple of 64 bytes.
std::string npy_header(const StoredTensor& tensor);

}  // namespace mend
