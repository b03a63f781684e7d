#include "mend/masks/periodic_stripes.hpp"
#include "support.hpp"

using namespace bench;

namespace {

const bool stripes = add("masks/periodic_stripes", each(batch* pixels, 0, 1), [] {
  return
      [random = mend::Random(1)]() mutable { return mend::periodic_stripes(batch, 3, 7, random).hole()[0]; };
});

}  // namespace
