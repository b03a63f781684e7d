// make_pictures FOLDER: writes what the shell tests of `mend` read.
//
//   digits/        640 training and 64 test images of fives and sevens, as IDX files
//   KIND.png       one and the same seven, 280 x 280, dark on light, as each KIND of PNG stores it
//   light.png      its negative
//   mask.png       a white stripe on black, 280 x 280; wrong_mask.png: black on white
//   mask28.png, digit28.png: 28 x 28, and the digit light on dark
//   truncated.png  the first half of a file
//   vast.png       a whole file whose header announces 20,000 x 20,000 pixels
#include <png.h>

#include <cstdio>
#include <iostream>
#include <memory>

#include "cli/trained_model.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/png.hpp"

namespace {

using Pixels = mend::Tensor<std::uint8_t>;

// How a PNG file stores a picture of two levels.
struct Kind {
  const char* name;
  int depth;   // bits of a number
  int colour;  // libpng's name of the channels
  bool interlaced;
};
constexpr Kind kinds[] = {{"grey_1", 1, PNG_COLOR_TYPE_GRAY, false},
                          {"grey_8", 8, PNG_COLOR_TYPE_GRAY, false},
                          {"grey_16", 16, PNG_COLOR_TYPE_GRAY, false},
                          {"grey_1_interlaced", 1, PNG_COLOR_TYPE_GRAY, true},
                          {"rgb_8", 8, PNG_COLOR_TYPE_RGB, false},
                          {"rgb_16_interlaced", 16, PNG_COLOR_TYPE_RGB, true},
                          {"palette_1", 1, PNG_COLOR_TYPE_PALETTE, false},
                          {"palette_8_interlaced", 8, PNG_COLOR_TYPE_PALETTE, true},
                          {"grey_alpha_8", 8, PNG_COLOR_TYPE_GRAY_ALPHA, false},
                          {"rgb_alpha_16_interlaced", 16, PNG_COLOR_TYPE_RGB_ALPHA, true}};

// One row as libpng takes it. With alpha, what is light is transparent and black: the eye sees the paper behind it.
std::vector<png_byte> row_of(const Pixels& picture, std::size_t i, const Kind& kind) {
  const bool palette = kind.colour == PNG_COLOR_TYPE_PALETTE;
  const bool alpha = (kind.colour & PNG_COLOR_MASK_ALPHA) != 0;
  const int channels = !palette && (kind.colour & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
  std::vector<png_byte> row;
  for (std::size_t j = 0; j < picture.dim(1); ++j) {
    const bool light = picture(i, j) != 0;
    const auto add = [&](bool on) {
      const int most = palette || kind.depth == 1 ? 1 : 255;
      for (int byte = 0; byte < (kind.depth == 16 ? 2 : 1); ++byte)
        row.push_back(static_cast<png_byte>(on ? most : 0));
    };
    for (int channel = 0; channel < channels; ++channel) add(light && !alpha);
    if (alpha) add(!light);
  }
  return row;
}

void write_png(const std::string& path, const Pixels& picture, const Kind& kind) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "wb"), std::fclose);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);  // an error of libpng ends this program, which is a test's
  png_init_io(png, file.get());
  png_set_IHDR(png, info, static_cast<png_uint_32>(picture.dim(1)), static_cast<png_uint_32>(picture.dim(0)),
               kind.depth, kind.colour, kind.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  const png_color black_and_white[] = {{0, 0, 0}, {255, 255, 255}};
  if (kind.colour == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, black_and_white, 2);
  png_write_info(png, info);
  png_set_packing(png);  // a byte a number in the rows, a bit in the file
  std::vector<std::vector<png_byte>> rows;
  std::vector<png_bytep> pointers;
  for (std::size_t i = 0; i < picture.dim(0); ++i) rows.push_back(row_of(picture, i, kind));
  for (auto& row : rows) pointers.push_back(row.data());
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
}

// Light from 128 on, each pixel ten times as wide and high.
Pixels enlarged(const Pixels& small, bool negative) {
  Pixels large({280, 280});
  for (std::size_t i = 0; i < 280; ++i)
    for (std::size_t j = 0; j < 280; ++j) large(i, j) = (small(i / 10, j / 10) >= 128) != negative ? 255 : 0;
  return large;
}

// The file with another width and height in its header, and a checksum that fits.
std::string announcing(std::string png, std::uint32_t side) {
  const auto put = [&](std::size_t at, std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) png[at++] = static_cast<char>(number >> shift & 255);
  };
  put(16, side);
  put(20, side);
  put(29, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(&png[12]), 17)));
  return png;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: make_pictures FOLDER\n", 2;
  const std::string folder = std::string(argv[1]) + "/";
  mend::test::save_digits(folder + "digits", 640, 64);
  const Pixels seven = mend::stroke_digits(1, 1, 2, {7}).train.pixels.reshaped({28, 28});
  Pixels stripe({28, 28});
  for (std::size_t i = 0; i < 28; ++i)
    for (std::size_t j = 12; j < 16; ++j) stripe(i, j) = 255;
  for (const Kind& kind : kinds) write_png(folder + kind.name + ".png", enlarged(seven, true), kind);
  mend::save_png(folder + "light.png", enlarged(seven, false));
  mend::save_png(folder + "mask.png", enlarged(stripe, false));
  mend::save_png(folder + "wrong_mask.png", enlarged(stripe, true));
  mend::save_png(folder + "mask28.png", stripe);
  mend::save_png(folder + "digit28.png", seven);
  const std::string whole = mend::encode_png(enlarged(seven, true));
  mend::write_file(folder + "truncated.png", whole.substr(0, whole.size() / 2));
  mend::write_file(folder + "vast.png", announcing(whole, 20'000));
}
