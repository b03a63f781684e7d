#include "mend/data/batches.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// The order of an epoch.
const bool batches = add("data/shuffled_batches", {0, 2.0 * sizeof(std::size_t) * image_count}, [] {
  return [random = mend::Random(1)]() mutable {
    return mend::shuffled_batches(image_count, batch, random).size();
  };
});

}  // namespace
