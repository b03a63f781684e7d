#include "mend/data/stroke_digits.hpp"
#include "support.hpp"

using namespace bench;

namespace {

const bool hundred = add("data/stroke_digits/100", {0, 100 * pixels},
                         [] { return [] { return mend::stroke_digits(100, 1, 1).train.pixels[0]; }; });

}  // namespace
