#include "mend/files/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "mend/files/atomic_file.hpp"
#include "mend/files/printable.hpp"
#include "mend/tensor/error.hpp"

namespace mend {
namespace {

template <class Number>
std::string shortest(Number number) {
  if (std::isnan(number)) return "";
  char digits[32];  // the longest is -1.7976931348623157e+308
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

// The lines of cells; `line` of each for error texts.
struct Line {
  std::size_t number;
  std::vector<std::string> cells;
};

std::vector<Line> split_into_cells(std::string_view text, const std::string& what) {
  std::vector<Line> lines;
  std::size_t at = 0, number = 1;
  const auto fail = [&](std::size_t in_line, const std::string& reason) -> void {
    throw Error(what + ", line " + std::to_string(in_line) + ": " + reason);
  };
  while (at < text.size()) {
    Line line{number, {""}};
    bool in_quotes = false, was_quoted = false;  // the current cell
    for (; at < text.size(); ++at) {
      const char c = text[at], next = at + 1 < text.size() ? text[at + 1] : '\n';
      if (c == '\0') fail(number, "a NUL byte; expected text");
      number += c == '\n';
      if (in_quotes && c == '"' && next != '"') {
        in_quotes = false;
      } else if (in_quotes) {
        line.cells.back() += c;
        at += c == '"';  // two stand for one
      } else if (c == ',') {
        line.cells.emplace_back();
        was_quoted = false;
      } else if (c == '\n') {
        ++at;
        break;
      } else if (c == '\r' && next == '\n') {
        continue;
      } else if (c == '"' && line.cells.back().empty() && !was_quoted) {
        in_quotes = was_quoted = true;
      } else if (c == '"' || was_quoted) {
        fail(number, "a quote within a cell; expected quotes around the whole cell, and those in it doubled");
      } else {
        line.cells.back() += c;
      }
    }
    if (in_quotes) fail(line.number, "a quote begins but does not end");
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Csv::Cell::Cell(double number) : text_(shortest(number)) {}

Csv::Cell::Cell(float number) : text_(shortest(number)) {}

Csv::Csv(const std::vector<std::string>& columns) : columns_(columns.size()) {
  if (columns.empty()) throw Error("Csv: a table needs at least one column");
  add({columns.begin(), columns.end()});
}

void Csv::add(const std::vector<Cell>& row) {
  if (row.size() != columns_)
    throw Error("Csv: a row of " + std::to_string(row.size()) + " cells for a table of " +
                std::to_string(columns_) + " columns");
  for (const Cell& cell : row) (text_ += quoted(cell.text())) += ',';
  text_.back() = '\n';
}

void Csv::save(const std::filesystem::path& path) const { write_file(path, text_); }

CsvTable::CsvTable(std::string_view text, const std::string& what) : what_(what) {
  std::vector<Line> lines = split_into_cells(text, what);
  if (lines.empty()) throw Error(what + ": expected a line with the names of the columns, found nothing");
  columns_ = std::move(lines.front().cells);
  std::set<std::string_view> known;
  for (const std::string& column : columns_)
    if (!known.insert(column).second)
      throw Error(what + ": two columns are named '" + printable(column) + "'");
  cells_.reserve(lines.size() - 1);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].cells.size() != columns_.size())
      throw Error(what + ", line " + std::to_string(lines[i].number) + ": " +
                  std::to_string(lines[i].cells.size()) + " cells, but there are " +
                  std::to_string(columns_.size()) + " columns");
    cells_.push_back(std::move(lines[i].cells));
  }
}

const std::string& CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  if (found == columns_.end()) {
    std::string names;
    for (const std::string& name : columns_) names += (names.empty() ? "" : ", ") + name;
    throw Error(what_ + ": there is no column '" + printable(column) + "'; there are " + printable(names));
  }
  if (row >= rows()) throw Error(what_ + ": row " + std::to_string(row) + " of " + std::to_string(rows()));
  return cells_[row][static_cast<std::size_t>(found - columns_.begin())];
}

double CsvTable::number(std::size_t row, std::string_view column) const {
  const std::string& text = cell(row, column);
  if (text.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw Error(what_ + ", row " + std::to_string(row) + ": expected a number in column '" +
                printable(column) + "', found '" + printable(text) + "'");
  return value;
}

CsvTable load_csv(const std::filesystem::path& path) { return CsvTable(read_file(path), path.string()); }

}  // namespace mend
