#include "mend/data/batches.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

// A batch out of images that were made floats at the beginning, and out of images that are still bytes. Batches are as
// an epoch takes them, so that its images are seldom in the cache.
namespace {

const Work work = each(batch * pixels, 0, 1);  // what comes out of it

template <class Gather>
auto batches_in_turn(Gather gather) {
  mend::Random random(1);
  return [all = mend::shuffled_batches(image_count, batch, random), i = std::size_t{0}, gather]() mutable {
    return gather(all[++i % (all.size() - 1)]);
  };
}

const bool before = add("steps/bytes/before", work, [] {
  return batches_in_turn(
      [](const std::vector<std::size_t>& rows) { return mend::gather_rows(images(), rows)[0]; });
});
const bool after = add("steps/bytes/after", work, [] {
  static const mend::Images digits = mend::stroke_digits(image_count, 1, 1, {5, 7}).train;
  return batches_in_turn(
      [](const std::vector<std::size_t>& rows) { return mend::gather_pixels(digits.pixels, rows)[0]; });
});

}  // namespace
