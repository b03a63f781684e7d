// IDX in a gzip: what was read, packed again and read again, is the same.
#include "data/idx_text.hpp"
#include "fuzz/target.hpp"
#include "mend/data/idx.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  Tensor<std::uint8_t> varied({2, 8, 8});
  for (std::size_t i = 0; i < varied.size(); ++i) varied[i] = static_cast<std::uint8_t>(i * i);
  return {test::gzipped(test::idx_text(varied)),
          test::gzipped(test::idx_text(Tensor<std::uint8_t>({300}, 9)))};
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return read_idx(file_of(bytes)); });
  if (read)
    require(read_idx(file_of(test::gzipped(test::idx_text(*read)))) == *read,
            "packed again it is read as the same");
  return read.has_value();
}

}  // namespace mend::fuzz
