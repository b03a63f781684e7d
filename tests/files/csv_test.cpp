#include "mend/files/csv.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"

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
