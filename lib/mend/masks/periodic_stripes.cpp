#include "mend/masks/periodic_stripes.hpp"

#include <functional>
#include <string>

namespace mend {
namespace {

Mask stripes(std::size_t images, std::size_t width, std::size_t period,
             const std::function<std::size_t()>& phase, std::size_t image_height, std::size_t image_width) {
  if (period < 2 || period > image_width)
    throw Error("periodic_stripes: expected a period of 2 to " + std::to_string(image_width) +
                " pixels, found " + std::to_string(period));
  if (width < 1 || width >= period)
    throw Error("periodic_stripes: expected a width of 1 to " + std::to_string(period - 1) +
                " pixels for a period of " + std::to_string(period) + ", found " + std::to_string(width));
  Mask mask(images, image_height, image_width);
  for (std::size_t n = 0; n < images; ++n) {
    const std::size_t shift = period - phase() % period;  // j - phase, and at least 0
    for (std::size_t j = 0; j < image_width; ++j)
      if ((j + shift) % period < width) mask.cut(n, 0, j, image_height, 1);
  }
  return mask;
}

}  // namespace

Mask periodic_stripes(std::size_t images, std::size_t width, std::size_t period, std::size_t phase,
                      std::size_t image_height, std::size_t image_width) {
  return stripes(
      images, width, period, [&] { return phase; }, image_height, image_width);
}

Mask periodic_stripes(std::size_t images, std::size_t width, std::size_t period, Random& random,
                      std::size_t image_height, std::size_t image_width) {
  return stripes(
      images, width, period, [&] { return random.below(period); }, image_height, image_width);
}

}  // namespace mend
