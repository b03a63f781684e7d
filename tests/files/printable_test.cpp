#include "mend/files/printable.hpp"

#include <gtest/gtest.h>

using mend::printable;

TEST(Printable, LeavesPlainTextAlone) {
  std::string plain;
  for (char c = ' '; c <= '~'; ++c) plain += c;
  EXPECT_EQ(printable(plain), plain);
  EXPECT_EQ(printable(""), "");
}

TEST(Printable, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\nb\x1b[2J"), "a\\x0ab\\x1b[2J");
  EXPECT_EQ(printable(std::string_view("\0\x7f\x80\xff", 4)), "\\x00\\x7f\\x80\\xff");
}

TEST(Printable, EndsAfterThreeHundredBytes) {
  const std::string whole(300, 'x');
  EXPECT_EQ(printable(whole), whole);
  EXPECT_EQ(printable(whole + "y"), whole + "...");
}
