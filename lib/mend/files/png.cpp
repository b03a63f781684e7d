#include "mend/files/png.hpp"

#include <png.h>
#include <zlib.h>

#include <array>
#include <fstream>

#include "mend/files/atomic_file.hpp"

namespace mend {
namespace {

// What a file may announce before memory is taken for it: with libpng's rows of up to a million columns, 64 MB.
constexpr std::size_t max_pixels = 40'000'000;

// libpng's description of a picture; what it holds on the way is freed in any case.
struct Image : png_image {
  Image() : png_image{} { version = PNG_IMAGE_VERSION; }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image() { png_image_free(this); }
};

std::uint32_t big_endian(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
         bytes[3];
}

// Where the chunk IEND ends. libpng stops reading before it: it would not see that a file was cut off or continued.
std::size_t end_of_chunks(const std::string& bytes) {
  // a chunk: length of its data 4 | name 4 | data | CRC-32 4; before the first, a signature of 8 bytes
  std::size_t at = 8;
  while (bytes.size() - at >= 12) {
    const auto* chunk = reinterpret_cast<const unsigned char*>(bytes.data() + at);
    const std::size_t size = std::size_t{12} + big_endian(chunk);
    if (size > bytes.size() - at) break;
    at += size;
    if (bytes.compare(at - size + 4, 4, "IEND") == 0) return at;
  }
  return 0;
}

}  // namespace

std::string encode_png(const Tensor<std::uint8_t>& pixels) {
  const bool grey = pixels.rank() == 2;
  if ((!grey && !(pixels.rank() == 3 && pixels.dim(2) == 3)) || pixels.size() == 0)
    throw ShapeError("encode_png: (H, W) or (H, W, 3) was expected, with at least one pixel, not " +
                     to_string(pixels.shape()));
  if (pixels.dim(0) * pixels.dim(1) > max_pixels)
    throw ShapeError("encode_png: " + to_string(pixels.shape()) + " has more than " +
                     std::to_string(max_pixels) + " pixels");
  Image image;
  image.height = static_cast<png_uint_32>(pixels.dim(0));
  image.width = static_cast<png_uint_32>(pixels.dim(1));
  image.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = bytes.size();
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr))
    throw Error(std::string("encode_png: ") + image.message);
  bytes.resize(size);
  return bytes;
}

void save_png(const std::filesystem::path& path, const Tensor<std::uint8_t>& pixels) {
  write_file(path, encode_png(pixels));
}

Tensor<std::uint8_t> load_png(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  const auto fail = [&](const std::string& reason) -> void {
    throw Error("cannot read " + path.string() + " as PNG: " + reason);
  };
  Image image;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) fail(image.message);
  if (std::size_t{image.width} > max_pixels / image.height)
    fail("it announces " + std::to_string(image.width) + " x " + std::to_string(image.height) +
         " pixels; at most " + std::to_string(max_pixels) + " are read");
  image.format = PNG_FORMAT_GRAY;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // 16 bits are taken as 8 with more digits, not as linear light
  const png_color white{255, 255, 255};      // behind what is transparent
  Tensor<std::uint8_t> pixels({image.height, image.width});
  if (!png_image_finish_read(&image, &white, pixels.data(), 0, nullptr)) fail(image.message);
  if (end_of_chunks(bytes) != bytes.size())
    fail("it does not end with its last chunk: bytes are missing or too many; get it again");
  return pixels;
}

PngHeader load_png_header(const std::filesystem::path& path) {
  // signature 8 | length 4 | "IHDR" 4 | width 4 | height 4 | depth 1 | colour 1 | 0 1 | 0 1 | interlaced 1 | CRC-32 4
  std::array<unsigned char, 33> bytes{};
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read " + path.string() + ": it cannot be opened");
  in.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
  const auto require = [&](bool condition, const std::string& reason) {
    if (!condition) throw Error("cannot read " + path.string() + " as PNG: " + reason);
  };
  require(png_sig_cmp(bytes.data(), 0, 8) == 0, "it does not begin like one");
  require(in.gcount() == 33, "it ends within its header; get it again");
  require(big_endian(&bytes[8]) == 13 && std::string(&bytes[12], &bytes[16]) == "IHDR" &&
              crc32(0, &bytes[12], 17) == big_endian(&bytes[29]),
          "its header is damaged; get it again");
  PngHeader header;
  header.width = big_endian(&bytes[16]);
  header.height = big_endian(&bytes[20]);
  header.bit_depth = bytes[24];
  constexpr std::array<const char*, 7> colours = {"grey",           "", "RGB",          "palette",
                                                  "grey and alpha", "", "RGB and alpha"};
  header.colour = bytes[25] < colours.size() ? colours[bytes[25]] : "";
  header.interlaced = bytes[28] != 0;
  require(header.width > 0 && header.height > 0 && !header.colour.empty(), "its header describes no picture");
  return header;
}

}  // namespace mend
