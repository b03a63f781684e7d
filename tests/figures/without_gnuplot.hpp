#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

// While it lives, programs are looked for in the given folder only, which holds none.
class WithoutGnuplot {
 public:
  explicit WithoutGnuplot(const std::filesystem::path& folder) : path_(std::getenv("PATH")) {
    ::setenv("PATH", folder.c_str(), 1);
  }
  WithoutGnuplot(const WithoutGnuplot&) = delete;
  WithoutGnuplot& operator=(const WithoutGnuplot&) = delete;
  ~WithoutGnuplot() { ::setenv("PATH", path_.c_str(), 1); }

 private:
  std::string path_;
};
