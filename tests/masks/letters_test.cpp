#include "mend/masks/letters.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "message_of.hpp"

using namespace mend;

namespace {

std::string picture(char letter) {
  std::string rows;
  for (std::size_t y = 0; y < letter_height; ++y) {
    for (std::size_t x = 0; x < letter_width; ++x) rows += letter_has_ink(letter, y, x) ? '#' : '.';
    rows += '\n';
  }
  return rows;
}

// What an image shows at a place, in the words of picture().
std::string picture(const Mask& mask, std::size_t image, std::size_t row, std::size_t column) {
  std::string rows;
  for (std::size_t y = row; y < row + letter_height; ++y) {
    for (std::size_t x = column; x < column + letter_width; ++x)
      rows += mask.hole()(image, y * mask.width() + x) != 0 ? '#' : '.';
    rows += '\n';
  }
  return rows;
}

}  // namespace

TEST(Letters, LookLikeLetters) {
  EXPECT_EQ(picture('A'),
            ".###.\n"
            "#...#\n"
            "#...#\n"
            "#####\n"
            "#...#\n"
            "#...#\n"
            "#...#\n");
  EXPECT_EQ(picture('Z'),
            "#####\n"
            "....#\n"
            "...#.\n"
            "..#..\n"
            ".#...\n"
            "#....\n"
            "#####\n");
  EXPECT_EQ(picture('N'),
            "#...#\n"
            "##..#\n"
            "#.#.#\n"
            "#.#.#\n"
            "#..##\n"
            "#...#\n"
            "#...#\n");
}

TEST(Letters, AreAllDifferentAndFillTheirHeight) {
  std::set<std::string> pictures;
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    pictures.insert(picture(letter));
    EXPECT_NE(picture(letter).substr(0, 5), ".....") << letter;
    EXPECT_NE(picture(letter).substr(36, 5), ".....") << letter;
  }
  EXPECT_EQ(pictures.size(), 26u);
}

// A, H, I, M, O, T, U, V, W, X and Y are their own mirror images; B, C, D, E, H, I, K, O and X when turned upside down.
TEST(Letters, HaveTheSymmetriesOfTheAlphabet) {
  for (const char letter : std::string("AHIMOTUVWXY"))
    for (std::size_t y = 0; y < letter_height; ++y)
      for (std::size_t x = 0; x < letter_width; ++x)
        EXPECT_EQ(letter_has_ink(letter, y, x), letter_has_ink(letter, y, 4 - x)) << letter;
  for (const char letter : std::string("BCDEHIKOX"))
    for (std::size_t y = 0; y < letter_height; ++y)
      for (std::size_t x = 0; x < letter_width; ++x)
        EXPECT_EQ(letter_has_ink(letter, y, x), letter_has_ink(letter, 6 - y, x)) << letter;
}

TEST(Letters, SayWhichThereAre) {
  EXPECT_EQ(message_of<Error>([] { letter_has_ink('a', 0, 0); }),
            "letter_has_ink: expected a letter from A to Z, found the character 97");
  EXPECT_EQ(message_of<Error>([] { letter_has_ink('A', 7, 0); }),
            "letter_has_ink: expected a row below 7 and a column below 5, found 7 and 0");
  EXPECT_THROW(letter_has_ink('A', 0, 5), Error);
}

TEST(LettersThatFit, LeaveAPixelBetweenThem) {
  EXPECT_EQ(letters_that_fit(28, 28), 12u);  // 3 lines of 4: 23 x 23 pixels
  EXPECT_EQ(letters_that_fit(7, 5), 1u);
  EXPECT_EQ(letters_that_fit(6, 5), 0u);
  EXPECT_EQ(letters_that_fit(7, 10), 1u);
  EXPECT_EQ(letters_that_fit(15, 11), 4u);
}

TEST(DrawLetters, WritesEachLetterAtEachPlace) {
  constexpr std::size_t n = 1'000;
  Mask mask(n, 9, 8);  // one letter at 3 x 4 places
  Random random(1);
  std::map<std::string, int> letters;
  std::set<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < n; ++i) {
    draw_letters(mask, i, 1, random);
    int found = 0;
    for (std::size_t row = 0; row < 3; ++row)
      for (std::size_t column = 0; column < 4; ++column)
        for (char letter = 'A'; letter <= 'Z'; ++letter)
          if (picture(mask, i, row, column) == picture(letter)) {
            ++letters[std::string(1, letter)];
            places.insert({row, column});
            ++found;
          }
    EXPECT_EQ(found, 1);
  }
  EXPECT_EQ(letters.size(), 26u);
  for (const auto& [letter, count] : letters) EXPECT_NEAR(count, n / 26.0, 31) << letter;  // 5 deviations
  EXPECT_EQ(places.size(), 12u);
}

TEST(DrawLetters, WritesAsManyAsAsked) {
  Random random(2);
  for (const std::size_t count : {0, 1, 5, 12}) {
    Mask mask(50, 23, 23);  // no room to move
    for (std::size_t i = 0; i < 50; ++i) {
      draw_letters(mask, i, count, random);
      std::size_t written = 0;
      for (std::size_t place = 0; place < 12; ++place) {
        const std::string there = picture(mask, i, place / 4 * 8, place % 4 * 6);
        written += there.find('#') != std::string::npos;
      }
      EXPECT_EQ(written, count);
    }
  }
}

TEST(DrawLetters, SaysHowManyFit) {
  Mask mask(1, 28, 28);
  Random random(3);
  EXPECT_EQ(message_of<Error>([&] { draw_letters(mask, 0, 13, random); }),
            "draw_letters: expected at most 12 letters in images of 28 x 28, found 13");
  EXPECT_THROW(draw_letters(mask, 1, 1, random), ShapeError);
  EXPECT_EQ(mask.hole_share(), 0);
}
