// IDX as it is: what was read, written again, must be the very file. Packed with gzip it must be read as the same.
#include "mend/data/idx.hpp"

#include "data/idx_text.hpp"
#include "fuzz/target.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  return {test::idx_text(Tensor<std::uint8_t>({2, 3, 4}, 7)), test::idx_text(Tensor<std::uint8_t>({5}, 1)),
          test::idx_text(Tensor<std::uint8_t>({0, 28, 28}))};
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return read_idx(file_of(bytes)); });
  if (bytes.starts_with("\x1f\x8b")) return read.has_value();  // a gzip: target idx_gz
  const auto unpacked = attempt([&] { return read_idx(file_of(test::gzipped(bytes))); });
  require(read == unpacked, "gzipped it is read as the same");
  if (read) require(test::idx_text(*read) == bytes, "written again it is the same file");
  return read.has_value();
}

}  // namespace mend::fuzz
