#include "mend/files/csv.hpp"

#include <charconv>
#include <cmath>

#include "mend/files/atomic_file.hpp"
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

}  // namespace mend
