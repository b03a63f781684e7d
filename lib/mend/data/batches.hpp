#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mend/tensor/random.hpp"
#include "mend/tensor/tensor.hpp"

namespace mend {

/// The row numbers 0 to count - 1 in random order, cut into batches; the last may be smaller.
/// \throws Error when count or batch_size is 0
std::vector<std::vector<std::size_t>> shuffled_batches(std::size_t count, std::size_t batch_size,
                                                       Random& random);

/// The images that `index` names, in its order, as numbers in [0, 1], an image a row: what to_rows and gather_rows
/// return, from bytes. `pixels` is (N, H, W) or (N, D), 0 black to 255 white.
/// \throws ShapeError for an image that is not there
Tensor<float> gather_pixels(const Tensor<std::uint8_t>& pixels, const std::vector<std::size_t>& index);

}  // namespace mend
