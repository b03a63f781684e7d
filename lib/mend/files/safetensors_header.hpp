#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mend/files/stored_tensor.hpp"

namespace mend {

/// How many tensors and texts are read from one file: each takes more memory than its bytes there. A network of a
/// thousand layers has a few thousand.
constexpr std::size_t most_names = 50'000;

/// "F32", "F64", "U8": as the file has it.
const char* to_string(StoredType type);

/// What the header of a .safetensors file says of one tensor.
struct TensorEntry {
  StoredType type = StoredType::f32;  ///< Of its elements.
  Shape shape;                        ///< Their arrangement.
  std::uint64_t begin = 0;            ///< First byte, counted from the end of the header.
  std::uint64_t end = 0;              ///< Past the last byte.
};

/// The header of a .safetensors file.
struct SafetensorsHeader {
  std::vector<std::pair<std::string, TensorEntry>> tensors;  ///< In the order of their bytes, without gaps.
  std::map<std::string, std::string> metadata;               ///< The text under "__metadata__".
};

/// Reads a header and believes nothing in it. \param text  the JSON, padded with spaces
/// \param data_size  how many bytes follow it; the tensors must fill them exactly
/// \throws Error that says what is wrong
SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_size);

/// A text out of a file for an error: in quotes, on one line whatever is in it, at most 60 bytes.
std::string shown(std::string_view text);

/// \throws Error for a name that a file cannot carry or that another program might take for a path outside its folder
void require_tensor_name(const std::string& name);

}  // namespace mend
