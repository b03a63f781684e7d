#pragma once

#include "mend/masks/families.hpp"
#include "support.hpp"

namespace bench {

/// Something done to a batch of images and its masks, the assignment's: "masks/NAME".
/// \param floats  read or written for a pixel  \param f  of images, mask and a random stream
template <class F>
bool add_with_mask(const std::string& name, double floats, F f) {
  return add("masks/" + name, each(batch * pixels, 0, floats), [f] {
    mend::Random random(1);
    const mend::Mask mask = mend::draw_assignment_masks(batch, random);
    return [f, mask, random, x = uniform({batch, pixels}, 0, 1)]() mutable { return f(x, mask, random)[0]; };
  });
}

}  // namespace bench
