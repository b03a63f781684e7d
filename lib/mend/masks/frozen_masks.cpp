#include "mend/masks/frozen_masks.hpp"

#include <string>

namespace mend {

// Whoever changes a mask that comes out of here raises the version.
Mask frozen_masks(MaskFamily family, std::size_t size, std::size_t draw, std::size_t images) {
  Random random(
      static_cast<std::uint64_t>(frozen_masks_version),
      "frozen masks, " + to_string(family) + " " + std::to_string(size) + ", draw " + std::to_string(draw));
  return draw_masks(family, size, images, random);
}

}  // namespace mend
