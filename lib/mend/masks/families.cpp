#include "mend/masks/families.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "mend/masks/letters.hpp"
#include "mend/masks/strokes.hpp"

namespace mend {
namespace {

constexpr std::size_t most_scratches = 50, most_strokes = 20;

// One hole at a uniform position, wholly inside the frame.
void cut_somewhere(Mask& mask, std::size_t image, MaskFamily family, std::size_t size, Random& random) {
  const std::size_t height = family == MaskFamily::vertical_stripe ? mask.height() : size;
  const std::size_t width = family == MaskFamily::horizontal_stripe ? mask.width() : size;
  const std::size_t row = random.below(mask.height() - height + 1);
  const std::size_t column = random.below(mask.width() - width + 1);
  mask.cut(image, row, column, height, width);
}

// Hides a share of the pixels, each set of so many being equally likely.
void scatter(Mask& mask, std::size_t image, std::size_t percent, Random& random) {
  const std::size_t pixels = mask.height() * mask.width(), hidden = (pixels * percent + 50) / 100;
  std::vector<std::size_t> order(pixels);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < hidden; ++i) {  // as many steps of a shuffle as are needed
    std::swap(order[i], order[random.between(i, pixels - 1)]);
    mask.cut(image, order[i] / mask.width(), order[i] % mask.width(), 1, 1);
  }
}

void cut_every_second_line(Mask& mask, std::size_t image, std::size_t size, Random& random) {
  const std::size_t phase = random.below(2 * size);
  for (std::size_t row = 0; row < mask.height(); ++row)
    if ((row + phase) / size % 2 == 0) mask.cut(image, row, 0, 1, mask.width());
}

void cut_half(Mask& mask, std::size_t image, std::size_t size, Random& random) {
  const std::size_t height = mask.height(), width = mask.width();
  switch (random.below(4)) {
    case 0:
      return mask.cut(image, 0, 0, size, width);
    case 1:
      return mask.cut(image, height - size, 0, size, width);
    case 2:
      return mask.cut(image, 0, 0, height, size);
    default:
      return mask.cut(image, 0, width - size, height, size);
  }
}

void draw_mask(Mask& mask, std::size_t image, MaskFamily family, std::size_t size, Random& random) {
  switch (family) {
    case MaskFamily::vertical_stripe:
    case MaskFamily::horizontal_stripe:
    case MaskFamily::patch:
      return cut_somewhere(mask, image, family, size, random);
    case MaskFamily::scratches:
      for (std::size_t i = 0; i < size; ++i) draw_scratch(mask, image, random);
      return;
    case MaskFamily::brush:
      for (std::size_t i = 0; i < size; ++i) draw_brush_stroke(mask, image, random);
      return;
    case MaskFamily::text:
      return draw_letters(mask, image, size, random);
    case MaskFamily::scattered:
      return scatter(mask, image, size, random);
    case MaskFamily::every_second_line:
      return cut_every_second_line(mask, image, size, random);
    case MaskFamily::half:
      return cut_half(mask, image, size, random);
    case MaskFamily::centre:
      return mask.cut(image, (mask.height() - size) / 2, (mask.width() - size) / 2, size, size);
  }
}

// "a patch of 1 to 28 pixels", "1 to 50 scratches": what was expected.
std::string sizes_in_words(MaskFamily family, std::size_t largest) {
  const std::string range = "1 to " + std::to_string(largest);
  switch (family) {
    case MaskFamily::scratches:
      return range + " scratches";
    case MaskFamily::brush:
      return range + " brush strokes";
    case MaskFamily::text:
      return range + " letters of text";
    case MaskFamily::scattered:
      return range + " percent of the pixels scattered";
    case MaskFamily::every_second_line:
      return "a width of " + range + " pixels for every second line";
    default:
      return "a " + to_string(family) + " of " + range + " pixels";
  }
}

}  // namespace

std::string to_string(MaskFamily family) {
  switch (family) {
    case MaskFamily::vertical_stripe:
      return "vertical stripe";
    case MaskFamily::horizontal_stripe:
      return "horizontal stripe";
    case MaskFamily::patch:
      return "patch";
    case MaskFamily::scratches:
      return "scratches";
    case MaskFamily::brush:
      return "brush";
    case MaskFamily::text:
      return "text";
    case MaskFamily::scattered:
      return "scattered";
    case MaskFamily::every_second_line:
      return "every second line";
    case MaskFamily::half:
      return "half";
    case MaskFamily::centre:
      return "centre";
  }
  throw Error("to_string: no MaskFamily has the number " + std::to_string(static_cast<int>(family)));
}

std::size_t largest_size(MaskFamily family, std::size_t height, std::size_t width) {
  const std::size_t shorter = std::min(height, width);
  switch (family) {
    case MaskFamily::vertical_stripe:
      return width;
    case MaskFamily::horizontal_stripe:
      return height;
    case MaskFamily::patch:
    case MaskFamily::half:
    case MaskFamily::centre:
      return shorter;
    case MaskFamily::scratches:
      return shorter < 2 ? 0 : most_scratches;
    case MaskFamily::brush:
      return shorter < 1 ? 0 : most_strokes;
    case MaskFamily::text:
      return letters_that_fit(height, width);
    case MaskFamily::scattered:
      return shorter < 1 ? 0 : 99;
    case MaskFamily::every_second_line:
      return height / 2;
  }
  throw Error("largest_size: no MaskFamily has the number " + std::to_string(static_cast<int>(family)));
}

Mask draw_masks(MaskFamily family, std::size_t size, std::size_t images, Random& random, std::size_t height,
                std::size_t width) {
  const std::size_t largest = largest_size(family, height, width);
  const std::string frame = std::to_string(height) + " x " + std::to_string(width);
  if (largest == 0)
    throw Error("draw_masks: expected images that are large enough for the family " + to_string(family) +
                ", found " + frame);
  if (size < 1 || size > largest)
    throw Error("draw_masks: expected " + sizes_in_words(family, largest) + " in images of " + frame +
                ", found " + std::to_string(size));
  Mask mask(images, height, width);
  for (std::size_t n = 0; n < images; ++n) draw_mask(mask, n, family, size, random);
  return mask;
}

Mask draw_assignment_masks(std::size_t images, Random& random, std::size_t height, std::size_t width,
                           const std::vector<MaskFamily>& families) {
  if (std::min(height, width) < 16)
    throw Error("draw_assignment_masks: expected images of at least 16 x 16 pixels, found " +
                std::to_string(height) + " x " + std::to_string(width));
  if (families.empty()) throw Error("draw_assignment_masks: expected at least one family, found none");
  for (const MaskFamily family : families)
    if (std::find(assignment_families.begin(), assignment_families.end(), family) ==
        assignment_families.end())
      throw Error(
          "draw_assignment_masks: expected some of vertical stripe, horizontal stripe and patch, found " +
          to_string(family));
  Mask mask(images, height, width);
  for (std::size_t n = 0; n < images; ++n) {
    const MaskFamily family = families[random.below(families.size())];
    const std::size_t size = family == MaskFamily::patch ? random.between(5, 15) : random.between(3, 16);
    cut_somewhere(mask, n, family, size, random);
  }
  return mask;
}

}  // namespace mend
