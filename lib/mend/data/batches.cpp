#include "mend/data/batches.hpp"

#include <algorithm>
#include <numeric>

#include "mend/tensor/error.hpp"

namespace mend {

std::vector<std::vector<std::size_t>> shuffled_batches(std::size_t count, std::size_t batch_size,
                                                       Random& random) {
  if (count == 0 || batch_size == 0)
    throw Error("shuffled_batches: expected at least 1 row and 1 row per batch, found " +
                std::to_string(count) + " and " + std::to_string(batch_size));
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  std::vector<std::vector<std::size_t>> batches;
  for (auto first = order.cbegin(); first != order.cend();) {
    const auto left = static_cast<std::size_t>(order.cend() - first);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(batch_size, left));
    batches.emplace_back(first, last);
    first = last;
  }
  return batches;
}

}  // namespace mend
