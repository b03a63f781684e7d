#pragma once

#include <cstddef>
#include <vector>

#include "mend/tensor/random.hpp"

namespace mend {

/// The row numbers 0 to count - 1 in random order, cut into batches; the last may be smaller.
/// \throws Error when count or batch_size is 0
std::vector<std::vector<std::size_t>> shuffled_batches(std::size_t count, std::size_t batch_size,
                                                       Random& random);

}  // namespace mend
