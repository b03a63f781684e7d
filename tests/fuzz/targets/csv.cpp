// A table: what was read, written and read again, is the same, cell by cell; each cell is a number or said to be none.
#include "mend/files/csv.hpp"

#include "fuzz/target.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  Csv csv({"name", "value", "note"});
  csv.add({"plain", 0.1, ""});
  csv.add({"a comma, a \"quote\"\nand a line end", -3e-300, "\r"});
  csv.add({"\xc3\xa4", 17, " "});
  return {csv.text(), "a,b\r\n1,2\r\n3,", "one\n\n\n"};
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return CsvTable(bytes, "table.csv"); });
  if (!read) return false;
  Csv csv(read->columns());
  for (std::size_t row = 0; row < read->rows(); ++row) {
    std::vector<Csv::Cell> cells;
    for (const std::string& column : read->columns()) {
      cells.emplace_back(read->cell(row, column));
      attempt([&] { return read->number(row, column); });
    }
    csv.add(cells);
  }
  const CsvTable again(csv.text());
  require(again.columns() == read->columns() && again.rows() == read->rows(),
          "written again it has the same shape");
  for (std::size_t row = 0; row < read->rows(); ++row)
    for (const std::string& column : read->columns())
      require(again.cell(row, column) == read->cell(row, column), "written again it has the same cells");
  return true;
}

}  // namespace mend::fuzz
