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

/// What a PNG file says of its picture, as it is stored.
struct PngHeader {
  std::size_t width = 0, height = 0;  ///< In pixels.
  int bit_depth = 8;                  ///< Bits of each number: 1, 2, 4, 8 or 16.
  std::string colour;                 ///< "grey", "RGB", "palette", "grey and alpha" or "RGB and alpha".
  bool interlaced = false;            ///< Whether a coarse picture comes first.
};

/// Reads the first 33 bytes of a PNG file, and nothing of its pixels, however many it announces.
/// \throws Error when they are not the beginning of one (PNG specification, third edition, sections 5.2 and 11.2.1)
PngHeader load_png_header(const std::filesystem::path& path);

}  // namespace mend
