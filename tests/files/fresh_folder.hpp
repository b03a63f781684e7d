#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "mend/tensor/error.hpp"

// A new, empty folder for the running test.
inline std::filesystem::path fresh_folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(testing::TempDir()) / ("mend-" + std::to_string(::getpid())) /
                      (std::string(test->test_suite_name()) + "." + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

// Writes a file without waiting for the disk, as write_file would.
inline void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// How many entries a folder has, hidden ones too: what is left when something failed.
inline std::ptrdiff_t entries_in(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

// The text of the Error that `f` throws; it must stand on one line.
template <class F>
std::string error_of(F f) {
  try {
    f();
  } catch (const mend::Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    return error.what();
  }
  return "no error";
}

// While it lives, files cannot be made in the folder, by nobody: the rights of root are laid down too.
class ReadOnly {
 public:
  explicit ReadOnly(const std::filesystem::path& folder) : folder_(folder), user_(::geteuid()) {
    std::filesystem::permissions(folder_, std::filesystem::perms(0555));
    if (user_ == 0) laid_down_ = ::seteuid(65534) == 0;
  }
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;
  ~ReadOnly() {
    if (laid_down_ && ::seteuid(user_) != 0) std::abort();
    std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  }

 private:
  std::filesystem::path folder_;
  uid_t user_;
  bool laid_down_ = false;
};
