#pragma once

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

namespace bench {

/// A judgement of a batch of images: "metrics/NAME".
/// \param floats  read for a pixel  \param f  of images, their originals and the mask
template <class F>
bool add_metric(const std::string& name, double floats, F f) {
  return add("metrics/" + name, each(batch * pixels, 0, floats), [f] {
    mend::Random random(1);
    const mend::Mask mask = mend::draw_assignment_masks(batch, random);
    return [f, mask, x = mend::slice_rows(images(), 0, batch), y = uniform({batch, pixels}, 0, 1)] {
      return f(y, x, mask);
    };
  });
}

}  // namespace bench
