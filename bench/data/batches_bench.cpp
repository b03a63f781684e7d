#include "mend/data/batches.hpp"
#include "mend/data/stroke_digits.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// The order of an epoch.
const bool batches = add("data/shuffled_batches", {0, 2.0 * sizeof(std::size_t) * image_count}, [] {
  return [random = mend::Random(1)]() mutable {
    return mend::shuffled_batches(image_count, batch, random).size();
  };
});

// A batch out of images that are bytes.
const bool pixels_of_batch = add("data/gather_pixels", each(batch* pixels, 1, 1.25), [] {
  static const mend::Images digits = mend::stroke_digits(image_count, 1, 1, {5, 7}).train;
  mend::Random random(1);
  return [all = mend::shuffled_batches(image_count, batch, random), i = std::size_t{0}]() mutable {
    return mend::gather_pixels(digits.pixels, all[++i % (all.size() - 1)])[0];
  };
});

}  // namespace
