#include "fuzz/target.hpp"

#include <unistd.h>

#include <fstream>

#include "counted_memory.hpp"
#include "mend/tensor/memory.hpp"

namespace mend::fuzz {
namespace {

// In memory, where the system has such a folder: saved files wait for the disk elsewhere.
struct Folder {
  std::filesystem::path path;
  Folder() {
    const std::filesystem::path shm = "/dev/shm";
    path = ::access(shm.c_str(), W_OK) == 0 ? shm : std::filesystem::temp_directory_path();
    path /= "mend-fuzz-" + std::to_string(::getpid());
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

constexpr std::size_t allowance = 64'000'000;

}  // namespace

std::filesystem::path scratch(const std::string& name) {
  static const Folder folder;
  return folder.path / name;
}

std::filesystem::path file_of(const std::string& bytes, const std::string& name) {
  std::filesystem::path path = scratch(name);
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

bool try_within_memory(const std::string& bytes) {
  recycle_memory(
      false);  // what is kept for others is not given back, and nobody would see who uses it too late
  test::begin_measuring();
  const bool taken = try_input(bytes);
  const std::size_t most = test::most_memory();
  require(most <= bytes.size() + allowance, "memory is the file's size and 64 MB at most; " +
                                                std::to_string(most) + " bytes were taken for " +
                                                std::to_string(bytes.size()));
  return taken;
}

}  // namespace mend::fuzz
