#include "mend/masks/fill_hole.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

struct Offset {
  std::ptrdiff_t row, column;
};

// All steps from one pixel of a frame to another, the nearest first, and as near ones in reading order.
std::vector<Offset> steps_by_distance(std::ptrdiff_t height, std::ptrdiff_t width) {
  std::vector<Offset> steps;
  for (std::ptrdiff_t row = 1 - height; row < height; ++row)
    for (std::ptrdiff_t column = 1 - width; column < width; ++column) steps.push_back({row, column});
  const auto squared = [](Offset step) { return step.row * step.row + step.column * step.column; };
  std::stable_sort(steps.begin(), steps.end(), [&](Offset a, Offset b) { return squared(a) < squared(b); });
  return steps;
}

}  // namespace

Tensor<float> fill_with_mean(Tensor<float> images, const Mask& mask, const Tensor<float>& mean) {
  const Tensor<float>& hole = mask.hole();
  require_same_shape("fill_with_mean: images and mask", images, hole);
  if (mean.shape() != Shape{hole.dim(1)})
    throw ShapeError("fill_with_mean: expected a mean of shape " + to_string(Shape{hole.dim(1)}) +
                     " for images of shape " + to_string(images.shape()) + ", found " +
                     to_string(mean.shape()));
  for (std::size_t i = 0; i < images.size(); ++i)
    if (hole[i] != 0) images[i] = mean[i % mean.size()];
  return images;
}

Tensor<float> fill_with_noise(Tensor<float> images, const Mask& mask, Random& random) {
  require_same_shape("fill_with_noise: images and mask", images, mask.hole());
  for (std::size_t i = 0; i < images.size(); ++i)
    if (mask.hole()[i] != 0) images[i] = static_cast<float>(random.uniform());
  return images;
}

Tensor<float> fill_with_edge(Tensor<float> images, const Mask& mask) {
  const Tensor<float>& hole = mask.hole();
  require_same_shape("fill_with_edge: images and mask", images, hole);
  const auto height = static_cast<std::ptrdiff_t>(mask.height()),
             width = static_cast<std::ptrdiff_t>(mask.width());
  const std::vector<Offset> steps = steps_by_distance(height, width);
  for (std::size_t n = 0; n < mask.images(); ++n) {
    // Only known pixels are read, and only missing ones written: the image can be filled in place.
    float* image = images.data() + n * hole.dim(1);
    const float* missing = hole.data() + n * hole.dim(1);
    for (std::ptrdiff_t pixel = 0; pixel < height * width; ++pixel) {
      if (missing[pixel] == 0) continue;
      image[pixel] = 0;
      for (const Offset& step : steps) {
        const std::ptrdiff_t row = pixel / width + step.row, column = pixel % width + step.column;
        if (row < 0 || row >= height || column < 0 || column >= width || missing[row * width + column] != 0)
          continue;
        image[pixel] = image[row * width + column];
        break;
      }
    }
  }
  return images;
}

}  // namespace mend
