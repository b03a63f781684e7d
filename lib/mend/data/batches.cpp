#include "mend/data/batches.hpp"

#include <algorithm>
#include <numeric>

#include "mend/tensor/error.hpp"
#include "mend/tensor/parallel.hpp"

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

Tensor<float> gather_pixels(const Tensor<std::uint8_t>& pixels, const std::vector<std::size_t>& index) {
  if (pixels.rank() < 2 || pixels.dim(0) == 0)
    throw ShapeError("gather_pixels: pixels are " + to_string(pixels.shape()) +
                     " but (N, H, W) or (N, D) was expected, with images");
  for (const std::size_t image : index)
    if (image >= pixels.dim(0))
      throw ShapeError("gather_pixels: image " + std::to_string(image) + " of " + to_string(pixels.shape()));
  const std::size_t width = pixels.size() / pixels.dim(0);
  auto rows = Tensor<float>::uninitialized({index.size(), width});
  parallel_ranges(index.size(), light_work / (width + 1) + 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t n = first; n < last; ++n) {
      // The images of a batch lie anywhere: no processor guesses where the next one is.
      const std::uint8_t* next = pixels.data() + index[std::min(n + 2, last - 1)] * width;
      for (std::size_t d = 0; d < width; d += 64) __builtin_prefetch(next + d);
      const std::uint8_t* from = pixels.data() + index[n] * width;
      float* to = rows.data() + n * width;
      for (std::size_t d = 0; d < width; ++d) to[d] = static_cast<float>(from[d]) / 255;
    }
  });
  return rows;
}

}  // namespace mend
