#include "mend/files/csv.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "peak_memory.hpp"

using namespace mend;

TEST(Csv, IsAHeaderAndRows) {
  Csv csv({"epoch", "loss", "note"});
  csv.add({1, 0.25, "first"});
  csv.add({std::size_t{2}, -1e-30, ""});
  EXPECT_EQ(csv.text(), "epoch,loss,note\n1,0.25,first\n2,-1e-30,\n");
}

TEST(Csv, QuotesAsRfc4180) {
  Csv csv({"plain", "a,b"});
  csv.add({"say \"hi\"", "two\nlines"});
  csv.add({" spaces stay ", "'single'"});
  EXPECT_EQ(csv.text(), "plain,\"a,b\"\n\"say \"\"hi\"\"\",\"two\nlines\"\n spaces stay ,'single'\n");
}

TEST(Csv, KeepsEveryBitOfANumber) {
  using Limits = std::numeric_limits<double>;
  for (const double x : {0.1, 1.0 / 3, 5e-324, Limits::max(), Limits::epsilon(), -0.0, 12345678901234567.0}) {
    const std::string text = Csv::Cell(x).text();
    const double back = std::strtod(text.c_str(), nullptr);
    EXPECT_EQ(back, x) << text;
    EXPECT_EQ(std::signbit(back), std::signbit(x)) << text;
  }
  EXPECT_EQ(Csv::Cell(0.1).text(), "0.1");
  EXPECT_EQ(Csv::Cell(0.1f).text(), "0.1");  // not 0.10000000149011612
}

TEST(Csv, LeavesACellEmptyThatIsNotANumber) {
  EXPECT_EQ(Csv::Cell(std::numeric_limits<double>::quiet_NaN()).text(), "");
  EXPECT_EQ(Csv::Cell(-std::numeric_limits<double>::infinity()).text(), "-inf");
}

TEST(Csv, RefusesARowOfAnotherLength) {
  Csv csv({"a", "b"});
  EXPECT_EQ(error_of([&] { csv.add({1.0}); }), "Csv: a row of 1 cells for a table of 2 columns");
  EXPECT_EQ(csv.text(), "a,b\n");
  EXPECT_EQ(error_of([] { Csv({}); }), "Csv: a table needs at least one column");
}

TEST(Csv, SavesTheWholeFileOrNothing) {
  const auto folder = fresh_folder();
  Csv csv({"a"});
  csv.save(folder / "table.csv");
  EXPECT_EQ(read_file(folder / "table.csv"), "a\n");
  EXPECT_THROW(csv.save(folder / "none" / "table.csv"), Error);
}

TEST(CsvTable, ReadsWhatCsvWrote) {
  Csv csv({"name", "value"});
  csv.add({"plain", 0.1});
  csv.add({"a comma, a \"quote\"\nand a line end", -3e-300});
  csv.add({"nothing", std::nan("")});
  const CsvTable table(csv.text());
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"name", "value"}));
  ASSERT_EQ(table.rows(), 3u);
  EXPECT_EQ(table.number(0, "value"), 0.1);
  EXPECT_EQ(table.cell(1, "name"), "a comma, a \"quote\"\nand a line end");
  EXPECT_EQ(table.number(1, "value"), -3e-300);
  EXPECT_TRUE(std::isnan(table.number(2, "value")));
}

TEST(CsvTable, ReadsLineEndsOfOtherSystemsAndALastLineWithoutEnd) {
  const CsvTable table("a,b\r\n1,2\r\n3,");
  ASSERT_EQ(table.rows(), 2u);
  EXPECT_EQ(table.number(0, "b"), 2);
  EXPECT_EQ(table.cell(1, "b"), "");
}

TEST(CsvTable, SaysInWhichLineItIsNoTable) {
  EXPECT_EQ(error_of([] { CsvTable(""); }),
            "CSV: expected a line with the names of the columns, found nothing");
  EXPECT_EQ(error_of([] { CsvTable("a,b\n1,2\n3\n", "x.csv"); }),
            "x.csv, line 3: 1 cells, but there are 2 columns");
  EXPECT_EQ(error_of([] { CsvTable("a,b\n\"1,2\n3,4\n", "x.csv"); }),
            "x.csv, line 2: a quote begins but does not end");
  EXPECT_EQ(error_of([] { CsvTable("a,b,a\n"); }), "CSV: two columns are named 'a'");
}

TEST(CsvTable, SaysWhatThereIsInsteadOfWhatIsAskedFor) {
  const CsvTable table("a,b\n1,two\n");
  EXPECT_EQ(error_of([&] { table.cell(0, "c"); }), "CSV: there is no column 'c'; there are a, b");
  EXPECT_EQ(error_of([&] { table.cell(1, "a"); }), "CSV: row 1 of 1");
  EXPECT_EQ(error_of([&] { table.number(0, "b"); }),
            "CSV, row 0: expected a number in column 'b', found 'two'");
}

// RFC 4180: a quoted cell is quoted as a whole.
TEST(CsvTable, RefusesQuotesWithinACell) {
  const std::string within =
      "a quote within a cell; expected quotes around the whole cell, and those in it doubled";
  for (const std::string row : {"x\"y", "\"x\"y", "\"x\" ", "\"\"x", "\"x\" \"y\""})
    EXPECT_EQ(error_of([&] { CsvTable("a,b\n1," + row + "\n", "x.csv"); }), "x.csv, line 2: " + within)
        << row;
  EXPECT_EQ(error_of([] { CsvTable("a,b\n1,\"x\n2,3\n", "x.csv"); }),
            "x.csv, line 2: a quote begins but does not end");
  EXPECT_EQ(CsvTable("a,b\n\"\",\"\"\"\"\n").cell(0, "b"), "\"");
}

TEST(CsvTable, RefusesNul) {
  using namespace std::string_literals;
  EXPECT_EQ(error_of([] { CsvTable("a\n1\n2\0\n"s, "x.csv"); }), "x.csv, line 3: a NUL byte; expected text");
  EXPECT_EQ(error_of([] { CsvTable("a\n\"\n\0\"\n"s, "x.csv"); }),
            "x.csv, line 3: a NUL byte; expected text");
}

// What a file says does not flood or steer the terminal that shows the error.
TEST(CsvTable, QuotesLittleAndOnOneLine) {
  const std::string endless(1'000'000, 'x'), hostile = "\"\x1b[2J\n\"";
  const CsvTable table("a," + endless + "\n" + hostile + "," + endless + "\n");
  EXPECT_EQ(error_of([&] { table.number(0, "a"); }),
            "CSV, row 0: expected a number in column 'a', found '\\x1b[2J\\x0a'");
  EXPECT_LT(error_of([&] { table.cell(0, "b"); }).size(), 500u);
  EXPECT_EQ(error_of([&] { CsvTable("\"a\nb\"\nx\n").number(0, "a\nb"); }),
            "CSV, row 0: expected a number in column 'a\\x0ab', found 'x'");
  EXPECT_LT(error_of([&] { CsvTable(endless + "," + endless + "\n"); }).size(), 500u);
}

// Two hundred thousand columns take a moment, not their square.
TEST(CsvTable, ReadsAVeryLongLine) {
  std::string names, row;
  for (int i = 0; i < 200'000; ++i) {
    names += "c" + std::to_string(i) + ",";
    row += "7,";
  }
  const CsvTable table(names + "last\n" + row + "8");
  EXPECT_EQ(table.columns().size(), 200'001u);
  EXPECT_EQ(table.number(0, "last"), 8);
}

// A table of nothing but empty cells is the worst: each byte becomes a row of its own.
TEST(CsvTable, TakesMemoryInProportion) {
  const std::string text = "a\n" + std::string(1'100'000, '\n');
  EXPECT_LT(most_memory_of([&] { EXPECT_EQ(CsvTable(text).rows(), 1'100'000u); }), 150 * text.size());
}
