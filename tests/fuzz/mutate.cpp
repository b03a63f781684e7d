#include "fuzz/mutate.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace mend::fuzz {
namespace {

constexpr std::uint64_t numbers[] = {0,
                                     1,
                                     2,
                                     3,
                                     4,
                                     127,
                                     128,
                                     255,
                                     256,
                                     1024,
                                     65535,
                                     65536,
                                     0x7fffffff,
                                     0x80000000,
                                     (1u << 30) - 1,
                                     1u << 30,
                                     0xffffffff,
                                     std::uint64_t{1} << 32,
                                     std::uint64_t{1} << 40,
                                     std::uint64_t{1} << 62,
                                     ~std::uint64_t{0} >> 1,
                                     ~std::uint64_t{0} - 7,
                                     ~std::uint64_t{0}};
constexpr std::string_view texts[] = {
    "0",   "1",    "-1",       "1e400",        "nan",     "-inf", "18446744073709551616",
    "0.5", "1e9",  "\"",       "\"\"",         ",",       "\n",   "\r\n",
    "{",   "}",    "[[[[[",    "null",         "\\u0000", "..",   "F64",
    "U8",  "BF16", "\xff\xfe", "__metadata__", ",,,,"};

template <class Items>
const auto& one_of(const Items& items, Random& random) {
  return items[random.below(std::size(items))];
}

std::string as_bytes(std::uint64_t number, std::size_t width, bool big_endian) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>(number >> 8 * i & 255);
  if (big_endian) std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

// A run of digits becomes another number; where there are none, nothing happens.
void change_decimal(std::string& bytes, Random& random) {
  const std::size_t begin = bytes.find_first_of("0123456789", random.below(bytes.size()));
  if (begin == std::string::npos) return;
  const std::size_t end = std::min(bytes.find_first_not_of("0123456789", begin), bytes.size());
  const bool near = random.below(2) == 0 && end - begin < 10;
  const std::string number =
      near ? std::to_string(std::stoull(bytes.substr(begin, end - begin)) + random.below(5))
           : std::to_string(one_of(numbers, random));
  bytes.replace(begin, end - begin, number);
}

void change(std::string& bytes, const std::vector<std::string>& seeds, Random& random) {
  if (bytes.empty()) bytes = std::string(1 + random.below(16), '\0');
  const std::size_t at = random.below(bytes.size()), left = bytes.size() - at;
  switch (random.below(10)) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << random.below(8));
      return;
    case 1:
      bytes[at] = static_cast<char>(random.below(256));
      return;
    case 2:
      bytes.resize(at);
      return;
    case 3:
      bytes.erase(at, 1 + random.below(std::min<std::size_t>(left, 32)));
      return;
    case 4:
      bytes.insert(at, one_of(texts, random));
      return;
    case 5:
      bytes.insert(at, std::string(1 + random.below(200), static_cast<char>(random.below(256))));
      return;
    case 6:
      bytes.insert(at, bytes.substr(at, 1 + random.below(std::min<std::size_t>(left, 200))));
      return;
    case 7: {
      const std::string& other = one_of(seeds, random);
      if (!other.empty()) bytes = bytes.substr(0, at) + other.substr(random.below(other.size()));
      return;
    }
    case 8: {
      const std::size_t width = std::size_t{2} << random.below(3);
      // Readers keep their numbers in front.
      const std::size_t where =
          random.below(2) == 0 ? at : random.below(std::min<std::size_t>(bytes.size(), 32));
      const std::string number = as_bytes(one_of(numbers, random), width, random.below(2) == 0);
      bytes.replace(where, std::min(width, bytes.size() - where), number);
      return;
    }
    default:
      change_decimal(bytes, random);
  }
}

}  // namespace

std::string mutated(const std::vector<std::string>& seeds, Random& random) {
  std::string bytes = one_of(seeds, random);
  for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) change(bytes, seeds, random);
  return bytes;
}

}  // namespace mend::fuzz
