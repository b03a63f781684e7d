#include "mend/training/history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string complaint_about(const std::string& csv) {
  return message_of<Error>([&] { history_from_csv(csv); });
}

const std::string header = "epoch,loss,validation_loss,learning_rate\n";

}  // namespace

TEST(History, IsWrittenAsCsvWithAnEmptyCellForNaN) {
  EXPECT_EQ(history_to_csv({}), header);
  EXPECT_EQ(history_to_csv({{1, 0.5, none, 0.001}, {2, 0.25, 0.75, 0.0005}}),
            header + "1,0.5,,0.001\n2,0.25,0.75,5e-04\n");
}

TEST(History, IsReadBackBitForBit) {
  const History history = {{1, 0.1, none, 1e-3},
                           {2, 1.0 / 3, std::nextafter(0.1, 1), 5e-324},
                           {3, std::numeric_limits<double>::max(), -0.0, std::nextafter(1e-3, 0)}};
  const History again = history_from_csv(history_to_csv(history));
  ASSERT_EQ(again.size(), history.size());
  for (std::size_t i = 0; i < history.size(); ++i) {
    EXPECT_EQ(again[i].epoch, i + 1);
    EXPECT_EQ(again[i].loss, history[i].loss);
    EXPECT_EQ(again[i].learning_rate, history[i].learning_rate);
    if (i > 0) {
      EXPECT_EQ(again[i].validation_loss, history[i].validation_loss);
    }
  }
  EXPECT_TRUE(std::isnan(again[0].validation_loss));
  EXPECT_TRUE(std::signbit(again[2].validation_loss));
}

TEST(History, SaysWhichLineIsNotRight) {
  EXPECT_EQ(history_from_csv(header).size(), 0u);
  EXPECT_EQ(complaint_about("a,b\n"),
            "history: expected the columns epoch,loss,validation_loss,learning_rate, found a,b");
  for (const std::string line :
       {"2,1,1", "2,1,1,1,1", "2,one,1,1", "2,1 ,1,1", "3,1,1,1", "-2,1,1,1", "", ","})
    EXPECT_EQ(complaint_about(header + "1,0.5,,0.001\n" + line + "\n"),
              "history: expected epoch 2 and three numbers, each of which may be empty, found " + line);
}

// What a file says does not flood or steer the terminal that shows the error.
TEST(History, RefusesHostileTextInAFewWords) {
  const std::string endless(1'000'000, '1');
  for (const std::string& text :
       {endless, header + endless, header + "1,0.5,,0.001" + std::string(100'000, ','),
        header + "1,0.5,,\x1b[2J"}) {
    const std::string error = complaint_about(text);
    EXPECT_LT(error.size(), 500u);
    EXPECT_EQ(error.find('\x1b'), std::string::npos);
    EXPECT_NE(error.find("history: expected"), std::string::npos);
  }
  const std::string before =
      "history: expected epoch 1 and three numbers, each of which may be empty, found ";
  using namespace std::string_literals;
  EXPECT_EQ(complaint_about(header + "1,0.5\0,,0.001\n"s), before + "1,0.5\\x00,,0.001");
  EXPECT_EQ(complaint_about(header + "1,1e999,,0.001\n"), before + "1,1e999,,0.001");
  EXPECT_EQ(complaint_about(header + "18446744073709551617,1,1,1\n"), before + "18446744073709551617,1,1,1");
}

TEST(History, IsSavedToAFile) {
  const std::filesystem::path path = fresh_folder() / "history.csv";
  const History history = {{1, 0.5, none, 0.001}};
  save_history(path, history);
  EXPECT_EQ(read_file(path), history_to_csv(history));
}

TEST(History, ThatCannotBeSavedIsAnError) {
  const std::filesystem::path folder = fresh_folder();
  write_file(folder / "file", "not a folder");
  EXPECT_THROW(save_history(folder / "file" / "history.csv", {}), Error);
}
