#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "mend/tensor/error.hpp"

// A reader under fire. Each file in targets/ is a target of its own and defines seeds() and try_input(); two programs
// are made of it: one with libFuzzer, which searches (./do fuzz), and one that tries ten thousand fixed inputs (ctest -L
// fuzz). See README.md.
namespace mend::fuzz {

/// Small files that are right, made by the library's own writers where it has one: what mutations begin with.
std::vector<std::string> seeds();

/// Gives the bytes to the reader. All that may happen is that it takes them or throws Error; what it took must keep what
/// the target requires.
/// \return whether it took them
bool try_input(const std::string& bytes);

/// What a reader did that it promised not to do.
class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// \throws BrokenPromise unless the promise is kept
inline void require(bool kept, const std::string& promise) {
  if (!kept) throw BrokenPromise("this was to hold: " + promise);
}

/// What `read` returns, or nothing where it throws Error, which has to be one line of sensible length.
template <class Read>
auto attempt(Read read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error& error) {
    const std::string text = error.what();
    require(text.find_first_of(std::string("\n\r\0\x1b", 4)) == std::string::npos,
            "an error is one line that a terminal can show: " + text);
    require(!text.empty() && text.size() < 2000,
            "an error is short: it has " + std::to_string(text.size()) + " bytes");
    return std::nullopt;
  }
}

/// A path in a folder in memory that is gone when the program ends. \param name  of the file
std::filesystem::path scratch(const std::string& name);

/// The bytes as a file for the reader. \param name  of the file
std::filesystem::path file_of(const std::string& bytes, const std::string& name = "input");

/// try_input with a look at the memory: it may take the size of the input and 64 MB more.
bool try_within_memory(const std::string& bytes);

}  // namespace mend::fuzz
