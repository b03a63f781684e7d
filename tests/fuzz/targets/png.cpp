// PNG, as it is and once more with the checksums of its chunks made right, which no mutation guesses: what was read,
// written and read again, is the same.
#include "mend/files/png.hpp"

#include <zlib.h>

#include "fuzz/target.hpp"

namespace mend::fuzz {
namespace {

std::size_t number_at(const std::string& bytes, std::size_t at) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

std::string with_right_checksums(std::string bytes) {
  // A chunk: its length, its type, as many bytes, and the CRC of type and bytes.
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t length = number_at(bytes, at);
    if (length > bytes.size() - at - 12) break;
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data() + at + 4), static_cast<uInt>(length + 4));
    for (std::size_t i = 0; i < 4; ++i)
      bytes[at + 8 + length + i] = static_cast<char>(crc >> (24 - 8 * i) & 255);
    at += 12 + length;
  }
  return bytes;
}

bool try_file(const std::string& bytes) {
  const auto read = attempt([&] { return load_png(file_of(bytes)); });
  if (read && read->size() < 100'000)  // larger ones take long, and are no other
    require(load_png(file_of(encode_png(*read))) == *read, "written and read again it is the same");
  return read.has_value();
}

// The same picture as a file of another kind: bits per channel, and which channels.
std::string of_kind(char depth, char colour, const std::string& rows, const std::string& extra = "") {
  std::string packed(compressBound(rows.size()), '\0');
  uLongf size = packed.size();
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
           rows.size());
  packed.resize(size);
  const auto chunk = [](const std::string& type, const std::string& content) {
    std::string bytes;
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(content.size() >> shift & 255);
    return bytes + type + content + "crc.";
  };
  using namespace std::string_literals;
  return with_right_checksums("\x89PNG\r\n\x1a\n"s +
                              chunk("IHDR", "\0\0\0\2\0\0\0\2"s + depth + colour + "\0\0\0"s) + extra +
                              chunk("IDAT", packed) + chunk("IEND", ""));
}

}  // namespace

std::vector<std::string> seeds() {
  using namespace std::string_literals;
  Tensor<std::uint8_t> grey({6, 5}), colour({3, 4, 3}, std::uint8_t{90});
  for (std::size_t i = 0; i < grey.size(); ++i) grey[i] = static_cast<std::uint8_t>(8 * i);
  return {encode_png(grey),
          encode_png(colour),
          of_kind(1, 0, "\0\x80\0\x40"s),                // black and white
          of_kind(16, 0, "\0\1\2\3\4\0\5\6\7\x08"s),     // 16 bits
          of_kind(8, 4, "\0\1\xff\2\x80\0\3\0\4\xff"s),  // grey, and how opaque
          of_kind(8, 3, "\0\0\1\0\1\0"s,
                  "\0\0\0\6PLTE\1\2\3\xf0\xf1\xf2"
                  "crc."s)};  // palette
}

bool try_input(const std::string& bytes) {
  const bool taken = try_file(bytes);
  return try_file(with_right_checksums(bytes)) || taken;
}

}  // namespace mend::fuzz
