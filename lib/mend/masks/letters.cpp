#include "mend/masks/letters.hpp"

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace mend {
namespace {

// From one letter to the next, and from one line to the next: a pixel stays free.
constexpr std::size_t advance = letter_width + 1, line_height = letter_height + 1;

// A to M, then N to Z.
constexpr std::string_view letter_rows[2][letter_height] = {
    {" ###  ####   ###  ####  ##### #####  ###  #   #  ###    ### #   # #     #   # ",
     "#   # #   # #   # #   # #     #     #   # #   #   #      #  #  #  #     ## ## ",
     "#   # #   # #     #   # #     #     #     #   #   #      #  # #   #     # # # ",
     "##### ####  #     #   # ####  ####  # ### #####   #      #  ##    #     # # # ",
     "#   # #   # #     #   # #     #     #   # #   #   #      #  # #   #     #   # ",
     "#   # #   # #   # #   # #     #     #   # #   #   #   #  #  #  #  #     #   # ",
     "#   # ####   ###  ####  ##### #      ###  #   #  ###   ##   #   # ##### #   # "},
    {"#   #  ###  ####   ###  ####   #### ##### #   # #   # #   # #   # #   # ##### ",
     "##  # #   # #   # #   # #   # #       #   #   # #   # #   # #   # #   #     # ",
     "# # # #   # #   # #   # #   # #       #   #   # #   # #   #  # #   # #     #  ",
     "# # # #   # ####  #   # ####   ###    #   #   # #   # # # #   #     #     #   ",
     "#  ## #   # #     # # # # #       #   #   #   # #   # # # #  # #    #    #    ",
     "#   # #   # #     #  #  #  #      #   #   #   #  # #  ## ## #   #   #   #     ",
     "#   #  ###  #      ## # #   # ####    #    ###    #   #   # #   #   #   ##### "}};

}  // namespace

bool letter_has_ink(char letter, std::size_t row, std::size_t column) {
  if (letter < 'A' || letter > 'Z')
    throw Error("letter_has_ink: expected a letter from A to Z, found the character " +
                std::to_string(letter));
  if (row >= letter_height || column >= letter_width)
    throw Error("letter_has_ink: expected a row below 7 and a column below 5, found " + std::to_string(row) +
                " and " + std::to_string(column));
  const auto index = static_cast<std::size_t>(letter - 'A');
  return letter_rows[index / 13][row][index % 13 * advance + column] == '#';
}

std::size_t letters_that_fit(std::size_t height, std::size_t width) {
  return ((height + 1) / line_height) * ((width + 1) / advance);
}

void draw_letters(Mask& mask, std::size_t image, std::size_t count, Random& random) {
  const std::size_t places = letters_that_fit(mask.height(), mask.width());
  if (count > places)
    throw Error("draw_letters: expected at most " + std::to_string(places) + " letters in images of " +
                std::to_string(mask.height()) + " x " + std::to_string(mask.width()) + ", found " +
                std::to_string(count));
  if (count == 0) return;
  const std::size_t lines = (mask.height() + 1) / line_height, per_line = (mask.width() + 1) / advance;
  const std::size_t top = random.below(mask.height() - (lines * line_height - 1) + 1);
  const std::size_t left = random.below(mask.width() - (per_line * advance - 1) + 1);
  std::vector<std::size_t> place(places);
  std::iota(place.begin(), place.end(), std::size_t{0});
  random.shuffle(place);
  for (std::size_t i = 0; i < count; ++i) {
    const auto letter = static_cast<char>('A' + random.below(26));
    const std::size_t row = top + place[i] / per_line * line_height,
                      column = left + place[i] % per_line * advance;
    for (std::size_t y = 0; y < letter_height; ++y)
      for (std::size_t x = 0; x < letter_width; ++x)
        if (letter_has_ink(letter, y, x)) mask.cut(image, row + y, column + x, 1, 1);
  }
}

}  // namespace mend
