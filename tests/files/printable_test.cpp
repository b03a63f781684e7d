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

TEST(Printable, EndsAfterThreeHundredCharacters) {
  const std::string whole(300, 'x');
  EXPECT_EQ(printable(whole), whole);
  EXPECT_EQ(printable(whole + "y"), whole + "...");
  EXPECT_EQ(printable(std::string(75, '\1')).size(), 300u);
  EXPECT_EQ(printable(std::string(1000, '\1')), printable(std::string(75, '\1')) + "...");
  std::string text(297, 'x'), shown = text;
  text += '\1';
  shown += "...";
  EXPECT_EQ(printable(text), shown) << "no half of a spelling";
}
