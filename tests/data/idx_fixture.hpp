#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "mend/tensor/error.hpp"
#include "mend/tensor/tensor.hpp"

// Writes small data sets, good and bad, for the tests of data/.
namespace mend::test {

/// An empty folder for the running test.
inline std::filesystem::path fresh_folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "mend" / test->test_suite_name() / test->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

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

/// Writes bytes to a file, packed when its name ends in .gz.
inline std::filesystem::path write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << (path.extension() == ".gz" ? gzipped(text) : text);
  return path;
}

/// Expects an Error of one line that holds each of the words.
template <class F>
void expect_error(F f, const std::vector<std::string>& words) {
  try {
    f();
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    for (const std::string& word : words)
      EXPECT_NE(text.find(word), std::string::npos) << word << " in: " << text;
  }
}

}  // namespace mend::test
