#include "report/format.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace bench;

TEST(Format, DigitsAreSignificantAndNeverAPowerOfTen) {
  EXPECT_EQ(digits(1.20), "1.20");
  EXPECT_EQ(digits(0.012345), "0.0123");
  EXPECT_EQ(digits(183.4), "183");
  EXPECT_EQ(digits(1234567), "1,230,000");
  EXPECT_EQ(digits(9.996), "10.0");
  EXPECT_EQ(digits(-1234.5, 2), "-1,200");
  EXPECT_EQ(digits(0), "0");
  EXPECT_EQ(digits(std::nan("")), "–");
}

TEST(Format, TimesHaveTheUnitThatSuitsThem) {
  EXPECT_EQ(time_text(1.5e-9), "1.50 ns");
  EXPECT_EQ(time_text(2.5e-5), "25.0 µs");
  EXPECT_EQ(time_text(0.9996), "1.00 s") << "rounding comes before the choice of the unit";
  EXPECT_EQ(time_text(0.19), "190 ms");
  EXPECT_EQ(time_text(std::nan("")), "–");
}

TEST(Format, TablesOfMarkdownAndOfATerminal) {
  EXPECT_EQ(markdown_table({"a", "b"}, {{"x", "1"}}), "| a | b |\n|:--|--:|\n| x | 1 |\n\n");
  EXPECT_EQ(plain_table({"a", "time"}, {{"µµµ", "1"}, {"b", ""}}), "a    time\nµµµ     1\nb\n");
}
