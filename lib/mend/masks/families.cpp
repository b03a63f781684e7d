#include "mend/masks/families.hpp"

#include <algorithm>

namespace mend {
namespace {

// One hole at a uniform position, wholly inside the frame.
void cut_somewhere(Mask& mask, std::size_t image, MaskFamily family, std::size_t size, Random& random) {
  const std::size_t height = family == MaskFamily::vertical_stripe ? mask.height() : size;
  const std::size_t width = family == MaskFamily::horizontal_stripe ? mask.width() : size;
  const std::size_t row = random.below(mask.height() - height + 1);
  const std::size_t column = random.below(mask.width() - width + 1);
  mask.cut(image, row, column, height, width);
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
  }
  throw Error("to_string: no MaskFamily has the number " + std::to_string(static_cast<int>(family)));
}

Mask draw_masks(MaskFamily family, std::size_t size, std::size_t images, Random& random, std::size_t height,
                std::size_t width) {
  const std::size_t largest = family == MaskFamily::vertical_stripe     ? width
                              : family == MaskFamily::horizontal_stripe ? height
                                                                        : std::min(height, width);
  if (size < 1 || size > largest)
    throw Error("draw_masks: expected a " + to_string(family) + " of 1 to " + std::to_string(largest) +
                " pixels in images of " + std::to_string(height) + " x " + std::to_string(width) +
                ", found " + std::to_string(size));
  Mask mask(images, height, width);
  for (std::size_t n = 0; n < images; ++n) cut_somewhere(mask, n, family, size, random);
  return mask;
}

Mask draw_assignment_masks(std::size_t images, Random& random, std::size_t height, std::size_t width) {
  if (std::min(height, width) < 16)
    throw Error("draw_assignment_masks: expected images of at least 16 x 16 pixels, found " +
                std::to_string(height) + " x " + std::to_string(width));
  constexpr MaskFamily families[] = {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe,
                                     MaskFamily::patch};
  Mask mask(images, height, width);
  for (std::size_t n = 0; n < images; ++n) {
    const MaskFamily family = families[random.below(3)];
    const std::size_t size = family == MaskFamily::patch ? random.between(5, 15) : random.between(3, 16);
    cut_somewhere(mask, n, family, size, random);
  }
  return mask;
}

}  // namespace mend
