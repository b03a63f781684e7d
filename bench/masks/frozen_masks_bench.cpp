#include "mend/masks/frozen_masks.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// As many as the assignment has test images.
const bool frozen = add("masks/frozen_masks/1920", each(1920 * pixels, 0, 1), [] {
  return [] { return mend::frozen_masks(mend::MaskFamily::patch, 13, 0, 1920).hole()[0]; };
});

}  // namespace
