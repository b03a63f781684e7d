#include "mend/masks/families.hpp"
#include "support.hpp"

using namespace bench;
using mend::MaskFamily;

namespace {

constexpr double hole_bytes = batch * pixels * sizeof(float);

// Masks for a batch, of middling size.
bool add_family(MaskFamily family) {
  std::string name = to_string(family);
  for (char& c : name)
    if (c == ' ') c = '_';
  return add("masks/families/" + name, {0, hole_bytes}, [family] {
    return [family, random = mend::Random(1)]() mutable {
      return mend::draw_masks(family, (mend::largest_size(family) + 1) / 2, batch, random).hole()[0];
    };
  });
}

const bool families[] = {add_family(MaskFamily::vertical_stripe),
                         add_family(MaskFamily::horizontal_stripe),
                         add_family(MaskFamily::patch),
                         add_family(MaskFamily::scratches),
                         add_family(MaskFamily::brush),
                         add_family(MaskFamily::text),
                         add_family(MaskFamily::scattered),
                         add_family(MaskFamily::every_second_line),
                         add_family(MaskFamily::half),
                         add_family(MaskFamily::centre)};

const bool assignment = add("masks/families/assignment", {0, hole_bytes}, [] {
  return
      [random = mend::Random(1)]() mutable { return mend::draw_assignment_masks(batch, random).hole()[0]; };
});

}  // namespace
