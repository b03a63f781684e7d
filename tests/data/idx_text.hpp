#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

#include "mend/tensor/tensor.hpp"

// What the library reads of data sets, written: for tests and fuzz targets.
namespace mend::test {

/// An IDX file as text: the magic number, the extents, the content; they need not belong together.
inline std::string idx_text(std::uint32_t magic, const std::vector<std::uint32_t>& extents,
                            const std::string& content) {
  std::string text;
  const auto append = [&](std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) text += static_cast<char>(number >> shift & 0xff);
  };
  append(magic);
  for (const std::uint32_t extent : extents) append(extent);
  return text + content;
}

/// The IDX file that holds this tensor.
inline std::string idx_text(const Tensor<std::uint8_t>& tensor) {
  const std::vector<std::uint32_t> extents(tensor.shape().begin(), tensor.shape().end());
  return idx_text(static_cast<std::uint32_t>(2048 + tensor.rank()), extents, {tensor.begin(), tensor.end()});
}

/// `text` as gzip packs it.
inline std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);  // + 16: gzip
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace mend::test
