#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "data/idx_text.hpp"
#include "files/fresh_folder.hpp"
#include "mend/tensor/error.hpp"

// Writes small data sets, good and bad, for the tests of data/.
namespace mend::test {

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
