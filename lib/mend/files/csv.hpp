#pragma once

#include <concepts>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace mend {

/// A table in the making: named columns, then rows; quoted as RFC 4180 says, with plain line ends.
class Csv {
 public:
  /// One cell: a number in the fewest digits that read back as the same number (empty when not a number), or text.
  class Cell {
   public:
    Cell(double number);                                                ///< 0.1 becomes "0.1".
    Cell(float number);                                                 ///< 0.1f too: as a float it is the same.
    Cell(std::integral auto number) : text_(std::to_string(number)) {}  ///< 7 becomes "7".
    Cell(std::string text) : text_(std::move(text)) {}                  ///< Any text.
    Cell(const char* text) : text_(text) {}                             ///< Any text.
    const std::string& text() const { return text_; }                   ///< Without quotes.

   private:
    std::string text_;
  };

  /// The names of the columns. \throws Error when there are none
  explicit Csv(const std::vector<std::string>& columns);
  /// One more row. \throws Error unless it has one cell per column
  void add(const std::vector<Cell>& row);
  const std::string& text() const { return text_; }  ///< The table so far.
  /// Writes the file, whole or not at all. \throws Error when that fails
  void save(const std::filesystem::path& path) const;

 private:
  std::size_t columns_;
  std::string text_;
};

}  // namespace mend
