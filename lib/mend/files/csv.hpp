#pragma once

#include <concepts>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mend {

/// A table in the making: named columns, then rows; quoted as RFC 4180 says, with plain line ends.
class Csv {
 public:
  /// One cell: a number in the fewest digits that read back as the same number (empty when not a number), or text.
  class Cell {
   public:
    Cell(double number);  ///< 0.1 becomes "0.1".
    Cell(float number);   ///< 0.1f too: as a float it is the same.
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

/// A table that was read: what Csv or any other program wrote as RFC 4180 says.
class CsvTable {
 public:
  /// Reads a text whose first line names the columns. \param text  the whole table  \param what  where it is from, for
  /// error texts \throws Error that names the line: a quote that does not end or stands within a cell, a NUL byte, a row
  /// of another length, no columns, or two columns of one name
  explicit CsvTable(std::string_view text, const std::string& what = "CSV");

  const std::vector<std::string>& columns() const { return columns_; }  ///< Their names.
  std::size_t rows() const { return cells_.size(); }                    ///< Without the line of names.
  /// A cell as text. \throws Error when there is no such row or column; the text lists the columns
  const std::string& cell(std::size_t row, std::string_view column) const;
  /// A cell as a number; NaN when it is empty. \throws Error when it is no number, too
  double number(std::size_t row, std::string_view column) const;

 private:
  std::string what_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> cells_;
};

/// Reads a table from a file. \throws Error when it cannot be read or is no table
CsvTable load_csv(const std::filesystem::path& path);

}  // namespace mend
