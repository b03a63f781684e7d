#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "mend/files/safetensors_header.hpp"
#include "mend/files/stored_tensor.hpp"

namespace mend {

/// The content of a .safetensors file: named tensors (F32, F64, U8) and text. Opens in Python with the library of that name.
///
/// The file: the length of the header as 8 bytes, little-endian; the header, JSON padded with spaces to a multiple of
/// 8 bytes: `{"__metadata__": {key: text}, name: {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}`;
/// then the elements, row-major, little-endian, without gaps (https://github.com/huggingface/safetensors).
struct Safetensors {
  std::map<std::string, StoredTensor> tensors;  ///< By name: not empty, without ".." and NUL.
  std::map<std::string, std::string> metadata;  ///< By key; UTF-8.
};

/// Writes the file, whole or not at all: the same bytes for the same content.
/// \throws Error when that fails, or for a name or a text that the file cannot carry
void save_safetensors(const std::filesystem::path& path, const Safetensors& content);

/// Reads the file. Nothing in it is trusted: sizes, names, types and offsets are checked before memory is taken, which is
/// the file's size and 64 MB at most. The header may be 8 MiB long.
/// \throws Error that says what is wrong with it
Safetensors load_safetensors(const std::filesystem::path& path);

/// Reads what the file says of its tensors, and its text, but no element; checked as load_safetensors does.
/// \throws Error that says what is wrong with it
SafetensorsHeader load_safetensors_header(const std::filesystem::path& path);

}  // namespace mend
