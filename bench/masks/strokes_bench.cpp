#include "mend/masks/strokes.hpp"
#include "support.hpp"

using namespace bench;

namespace {

bool add_stroke(const std::string& name, void (*draw)(mend::Mask&, std::size_t, mend::Random&)) {
  return add("masks/strokes/" + name, each(pixels, 0, 1), [draw] {
    return
        [draw, mask = mend::Mask(1, 28, 28), random = mend::Random(1)]() mutable { draw(mask, 0, random); };
  });
}

const bool scratch = add_stroke("scratch", mend::draw_scratch);
const bool brush = add_stroke("brush", mend::draw_brush_stroke);

}  // namespace
