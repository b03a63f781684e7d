#include "mend/files/png.hpp"

#include <zlib.h>

#include <numeric>

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "peak_memory.hpp"

using namespace mend;

namespace {

using Pixels = Tensor<std::uint8_t>;

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 255);
  return bytes;
}

// A chunk of a PNG file: length, type, content, CRC-32 (ISO 3309, bit by bit) of type and content.
std::string chunk(const std::string& type, const std::string& content) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : type + content) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return big_endian(static_cast<std::uint32_t>(content.size())) + type + content + big_endian(~crc);
}

// A whole PNG file made by hand: `rows` are the scan lines, each after its filter byte 0, not compressed.
std::string handmade_png(std::uint32_t width, std::uint32_t height, char depth, char colour,
                         const std::string& rows, const std::string& extra = "") {
  const char size[] = {static_cast<char>(rows.size()), 0, static_cast<char>(~rows.size()), -1};
  std::uint32_t a = 1, b = 0;  // Adler-32
  for (const char c : rows) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return "\x89PNG\r\n\x1a\n" +
         chunk("IHDR", big_endian(width) + big_endian(height) + std::string{depth, colour, 0, 0, 0}) + extra +
         chunk("IDAT", "\x78\x01\x01" + std::string(size, 4) + rows + big_endian(b << 16 | a)) +
         chunk("IEND", "");
}

Pixels load(const std::string& bytes) {
  const auto path = fresh_folder() / "file.png";
  put(path, bytes);
  return load_png(path);
}

}  // namespace

TEST(Png, KeepsEveryGreyValue) {
  Pixels pixels({16, 16});
  std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
  const auto path = fresh_folder() / "grey.png";
  save_png(path, pixels);
  EXPECT_EQ(load_png(path), pixels);
  EXPECT_EQ(encode_png(pixels), read_file(path)) << "the same pixels, other bytes";
}

TEST(Png, WritesGreyAndColourAsSuch) {
  const std::string grey = encode_png(Pixels({2, 3})), colour = encode_png(Pixels({2, 3, 3}));
  EXPECT_EQ(grey.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(grey.substr(16, 10), big_endian(3) + big_endian(2) + std::string("\x08\x00", 2));
  EXPECT_EQ(colour.substr(16, 10), big_endian(3) + big_endian(2) + std::string("\x08\x02", 2));
}

// Equal red, green and blue are that grey; green is the brightest and blue the darkest of the pure colours.
TEST(Png, ReadsColourAsLuminance) {
  const Pixels grey =
      load(encode_png(Pixels({1, 5, 3}, {0, 0, 0, 100, 100, 100, 255, 0, 0, 0, 255, 0, 0, 0, 255})));
  ASSERT_EQ(grey.shape(), Shape({1, 5}));
  EXPECT_EQ(grey[0], 0);
  EXPECT_EQ(grey[1], 100);
  EXPECT_GT(grey[3], grey[2]);
  EXPECT_GT(grey[2], grey[4]);
}

TEST(Png, ReadsWhatOthersWrite) {
  using namespace std::string_literals;
  EXPECT_EQ(load(handmade_png(2, 1, 8, 0, "\0\x07\xf0"s)), Pixels({1, 2}, {0x07, 0xf0})) << "8 bits";
  EXPECT_EQ(load(handmade_png(8, 1, 1, 0, "\0\xa5"s)), Pixels({1, 8}, {255, 0, 255, 0, 0, 255, 0, 255}))
      << "1 bit";
  EXPECT_EQ(load(handmade_png(2, 1, 16, 0, "\0\x80\x80\x40\x40"s)), Pixels({1, 2}, {0x80, 0x40}))
      << "16 bits";
  EXPECT_EQ(load(handmade_png(3, 1, 8, 3, "\0\2\1\0"s, chunk("PLTE", "\0\0\0\x50\x50\x50\xff\xff\xff"s))),
            Pixels({1, 3}, {255, 0x50, 0}))
      << "palette";
  EXPECT_EQ(load(handmade_png(2, 1, 8, 4, "\0\x11\xff\x11\0"s)), Pixels({1, 2}, {0x11, 255})) << "alpha";
}

TEST(Png, RefusesWhatIsNoPicture) {
  const std::string whole = encode_png(Pixels({5, 5}, 9));
  EXPECT_NE(error_of([&] { load(""); }).find("as PNG: "), std::string::npos);
  EXPECT_NE(error_of([&] { load("GIF89a, not what the name says"); }).find("as PNG: "), std::string::npos);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(error_of([&] { load(whole.substr(0, size)); }), "no error") << size << " bytes";
  for (const std::string& more :
       {std::string("x"), std::string(1, '\0'), whole, whole.substr(0, whole.size() - 12)})
    EXPECT_NE(error_of([&] { load(whole + more); }), "no error");
  std::string damaged = whole;
  damaged[20] ^= 1;  // the height: its checksum no longer fits
  EXPECT_NE(error_of([&] { load(damaged); }).find("as PNG: "), std::string::npos);
  EXPECT_NE(error_of([&] { load_png(fresh_folder() / "none.png"); }).find("No such file"), std::string::npos);
}

TEST(Png, RefusesToTakeMemoryForAnAnnouncement) {
  const std::string error =
      error_of([] { load(handmade_png(1'000'000, 1'000'000, 8, 0, std::string(1, '\0'))); });
  EXPECT_NE(error.find("announces 1000000 x 1000000 pixels"), std::string::npos) << error;
}

// Forty million pixels take 40 MB; beside them libpng keeps rows, of which the widest and deepest take 24 MB.
TEST(Png, TakesAtMost64MegabytesBeyondTheFile) {
  const auto deflated_zeros = [](std::size_t size) {
    std::string packed(1'000'000, '\0'), zeros(1'000'000, '\0');
    z_stream stream{};
    deflateInit(&stream, Z_BEST_SPEED);
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    while (size > 0) {
      stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
      stream.avail_in = static_cast<uInt>(std::min(size, zeros.size()));
      size -= stream.avail_in;
      deflate(&stream, size > 0 ? Z_NO_FLUSH : Z_FINISH);
    }
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
  };
  const auto folder = fresh_folder();
  const auto most_memory_for = [&](std::uint32_t width, std::uint32_t height, char depth, char colour,
                                   std::size_t bytes, bool interlaced) {
    const std::string kind{depth, colour, 0, 0, static_cast<char>(interlaced)};
    put(folder / "file.png", "\x89PNG\r\n\x1a\n" +
                                 chunk("IHDR", big_endian(width) + big_endian(height) + kind) +
                                 chunk("IDAT", deflated_zeros(bytes)) + chunk("IEND", ""));
    Pixels pixels;
    const std::size_t most = most_memory_of([&] { pixels = load_png(folder / "file.png"); });
    EXPECT_EQ(pixels.shape(), Shape({height, width}));
    return most;
  };
  EXPECT_LT(most_memory_for(5000, 8000, 8, 0, 5001 * 8000, false), 41'000'000u);
  // Red, green, blue and alpha of 16 bits each. One row has one pass with even and one with odd columns and more.
  EXPECT_LT(most_memory_for(1'000'000, 1, 16, 6, 8'000'001, false), 24'000'000u);
  EXPECT_LT(most_memory_for(1'000'000, 1, 16, 6, 8'000'004, true), 24'000'000u);
  EXPECT_NE(error_of([&] {
              load(handmade_png(5000, 8001, 8, 0, std::string(1, '\0')));
            }).find("announces 5000 x 8001 pixels; at most 40000000"),
            std::string::npos);
}

TEST(Png, RefusesAHostileHeader) {
  const struct {
    std::uint32_t width, height;
    char depth, colour;
  } cases[] = {{0, 1, 8, 0},
               {1, 0, 8, 0},
               {0xffffffff, 1, 8, 0},
               {1, 0xffffffff, 8, 0},
               {1u << 20, 1u << 20, 8, 0},  // 2^40 pixels
               {1, 1, 3, 0},
               {1, 1, 8, 5},
               {1, 1, 16, 3},
               {1, 1, 0, 0}};
  for (const auto& [width, height, depth, colour] : cases) {
    const std::string error = error_of([&, w = width, h = height, d = depth, c = colour] {
      load(handmade_png(w, h, d, c, std::string(4, '\0')));
    });
    EXPECT_NE(error.find("as PNG: "), std::string::npos) << width << " x " << height << ": " << error;
  }
}

TEST(Png, SaysWhatAFileHoldsFromItsHeader) {
  using namespace std::string_literals;
  const auto path = fresh_folder() / "file.png";
  put(path, handmade_png(20'000, 30'000, 1, 3, "\0"s).substr(0, 33));  // there is nothing else to read
  const PngHeader header = load_png_header(path);
  EXPECT_EQ(header.width, 20'000u);
  EXPECT_EQ(header.height, 30'000u);
  EXPECT_EQ(header.bit_depth, 1);
  EXPECT_EQ(header.colour, "palette");
  EXPECT_FALSE(header.interlaced);
  put(path, encode_png(Pixels({2, 3, 3})));
  EXPECT_EQ(load_png_header(path).colour, "RGB");
  put(path, encode_png(Pixels({2, 3})));
  EXPECT_EQ(load_png_header(path).colour, "grey");

  const std::string whole = encode_png(Pixels({5, 5}));
  for (std::size_t size = 0; size < 33; ++size) {
    put(path, whole.substr(0, size));
    EXPECT_NE(error_of([&] { load_png_header(path); }).find("as PNG: "), std::string::npos) << size;
  }
  std::string damaged = whole;
  damaged[20] ^= 1;
  put(path, damaged);
  EXPECT_NE(error_of([&] { load_png_header(path); }).find("damaged"), std::string::npos);
  put(path, handmade_png(2, 2, 8, 5, ""));
  EXPECT_NE(error_of([&] { load_png_header(path); }).find("no picture"), std::string::npos);
}

TEST(Png, RefusesOtherShapes) {
  for (const Shape& shape : {Shape({4}), Shape({0, 4}), Shape({2, 2, 4}), Shape({1, 2, 2, 3})})
    EXPECT_THROW(encode_png(Pixels(shape)), ShapeError) << shape;
  EXPECT_THROW(save_png(fresh_folder() / "none" / "x.png", Pixels({2, 2})), Error);
}
