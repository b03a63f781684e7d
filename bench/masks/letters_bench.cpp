#include "mend/masks/letters.hpp"
#include "support.hpp"

using namespace bench;

namespace {

const bool letters = add("masks/letters/12", each(pixels, 0, 1), [] {
  return [mask = mend::Mask(1, 28, 28), random = mend::Random(1)]() mutable {
    mend::draw_letters(mask, 0, 12, random);
  };
});

}  // namespace
