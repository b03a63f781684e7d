#include "mend/masks/strokes.hpp"

#include <algorithm>
#include <string>

namespace mend {
namespace {

struct Pixel {
  std::size_t row, column;
};

// n / d, to the nearest whole number.
std::size_t quotient(std::size_t n, std::size_t d) { return (n + d / 2) / d; }

void require_frame(const char* function, const Mask& mask, std::size_t least) {
  if (mask.height() < least || mask.width() < least)
    throw Error(std::string(function) + ": expected images of at least " + std::to_string(least) + " x " +
                std::to_string(least) + " pixels, found " + std::to_string(mask.height()) + " x " +
                std::to_string(mask.width()));
}

// A place at most `reach` from `from` on an axis of `extent` pixels.
std::size_t near(std::size_t from, std::size_t reach, std::size_t extent, Random& random) {
  return random.between(from - std::min(from, reach), std::min(from + reach, extent - 1));
}

// The pixels of a square around `centre` that lie in the frame.
void stamp(Mask& mask, std::size_t image, Pixel centre, std::size_t nib) {
  const std::size_t before = (nib - 1) / 2, after = nib - before;
  const std::size_t top = centre.row - std::min(centre.row, before);
  const std::size_t left = centre.column - std::min(centre.column, before);
  const std::size_t bottom = std::min(centre.row + after, mask.height());
  const std::size_t right = std::min(centre.column + after, mask.width());
  mask.cut(image, top, left, bottom - top, right - left);
}

void draw_line(Mask& mask, std::size_t image, Pixel from, Pixel to, std::size_t nib) {
  const auto apart = [](std::size_t a, std::size_t b) { return std::max(a, b) - std::min(a, b); };
  const std::size_t steps =
      std::max({apart(from.row, to.row), apart(from.column, to.column), std::size_t{1}});
  for (std::size_t i = 0; i <= steps; ++i)
    stamp(mask, image,
          {quotient((steps - i) * from.row + i * to.row, steps),
           quotient((steps - i) * from.column + i * to.column, steps)},
          nib);
}

}  // namespace

// Along the scratch, i = 0 to last, lies the curve at ((last - i)^2 begin + 2 i (last - i) control + i^2 end) / last^2.
// The control point is in the frame, hence the curve is, too.
void draw_scratch(Mask& mask, std::size_t image, Random& random) {
  require_frame("draw_scratch", mask, 2);
  const bool across = random.below(2) == 0;  // from left to right, else from top to bottom
  const std::size_t last = (across ? mask.width() : mask.height()) - 1;
  const std::size_t breadth = across ? mask.height() : mask.width();
  const std::size_t begin = random.below(breadth), end = random.below(breadth);
  const std::size_t control = near((begin + end) / 2, breadth / 4, breadth, random);
  std::size_t before = begin;
  for (std::size_t i = 0; i <= last; ++i) {
    const std::size_t j = last - i;
    const std::size_t here = quotient(j * j * begin + 2 * i * j * control + i * i * end, last * last);
    // Where the curve is steep, the pixels between the one before and this one belong to it.
    const std::size_t low = here > before ? before + 1 : here;
    const std::size_t high = here < before ? before - 1 : here;
    if (across)
      mask.cut(image, low, i, high - low + 1, 1);
    else
      mask.cut(image, i, low, 1, high - low + 1);
    before = here;
  }
}

void draw_brush_stroke(Mask& mask, std::size_t image, Random& random) {
  require_frame("draw_brush_stroke", mask, 1);
  const std::size_t nib = random.between(2, 4), pieces = random.between(2, 4);
  Pixel here{random.below(mask.height()), 0};
  here.column = random.below(mask.width());
  for (std::size_t i = 0; i < pieces; ++i) {
    Pixel next{near(here.row, mask.height() / 3, mask.height(), random), 0};
    next.column = near(here.column, mask.width() / 3, mask.width(), random);
    draw_line(mask, image, here, next, nib);
    here = next;
  }
}

}  // namespace mend
