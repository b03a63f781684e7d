#include "masks/mask_bench.hpp"
#include "mend/masks/polarity.hpp"

using namespace bench;

namespace {

// To another library's bytes and back.
const bool opencv =
    add_with_mask("polarity/opencv", 2.5, [](const Tensor&, const mend::Mask& mask, mend::Random&) {
      return mend::mask_from_opencv(mend::mask_to_opencv(mask)).hole();
    });
const bool repaint =
    add_with_mask("polarity/repaint", 2.5, [](const Tensor&, const mend::Mask& mask, mend::Random&) {
      return mend::mask_from_repaint(mend::mask_to_repaint(mask)).hole();
    });
const bool mae = add_with_mask("polarity/mae", 4, [](const Tensor&, const mend::Mask& mask, mend::Random&) {
  return mend::mask_from_mae(mend::mask_to_mae(mask, 1), 1).hole();
});

}  // namespace
