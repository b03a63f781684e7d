#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// A picture as a PNG file in memory. \param pixels  (H, W) grey or (H, W, 3) red, green, blue
/// \return the same bytes for the same pixels \throws ShapeError for other shapes
std::string encode_png(const Tensor<std::uint8_t>& pixels);

/// Writes a PNG file, whole or not at all. \throws ShapeError, Error
void save_png(const std::filesystem::path& path, const Tensor<std::uint8_t>& pixels);

/// Reads a PNG file of any kind as grey: (H, W). Colour becomes luminance, 16 bits become 8, and behind what is
/// transparent lies white. \throws Error when it is none, is damaged, or announces more than 40 million pixels: it takes the file's
/// size and 64 MB of memory at most
Tensor<std::uint8_t> load_png(const std::filesystem::path& path);

}  // namespace mend
