#include "mend/masks/mask.hpp"

#include <string>

#include "mend/tensor/ops.hpp"

namespace mend {

Mask::Mask(std::size_t images, std::size_t height, std::size_t width)
    : height_(height), width_(width), hole_({images, height * width}) {}

Mask::Mask(Tensor<float> hole, std::size_t height, std::size_t width)
    : height_(height), width_(width), hole_(std::move(hole)) {
  if (hole_.rank() != 2 || hole_.dim(1) != height * width)
    throw ShapeError("Mask: expected holes of shape (N, " + std::to_string(height * width) +
                     ") for images of " + std::to_string(height) + " x " + std::to_string(width) +
                     ", found " + to_string(hole_.shape()));
  for (std::size_t i = 0; i < hole_.size(); ++i)
    if (hole_[i] != 0 && hole_[i] != 1)
      throw Error("Mask: expected 1 in the hole and 0 elsewhere, found " + std::to_string(hole_[i]) +
                  " at image " + std::to_string(i / (height * width)) + ", row " +
                  std::to_string(i / width % height) + ", column " + std::to_string(i % width) +
                  "; threshold it");
}

double Mask::hole_share() const {
  if (hole_.size() == 0) return 0;
  const auto missing = std::count_if(hole_.begin(), hole_.end(), [](float hole) { return hole != 0; });
  return static_cast<double>(missing) / static_cast<double>(hole_.size());
}

void Mask::cut(std::size_t image, std::size_t row, std::size_t column, std::size_t height,
               std::size_t width) {
  if (image >= images())
    throw ShapeError("Mask::cut: image " + std::to_string(image) + " of " + std::to_string(images()));
  if (row > height_ || height > height_ - row || column > width_ || width > width_ - column)
    throw ShapeError("Mask::cut: " + std::to_string(height) + " x " + std::to_string(width) +
                     " pixels at row " + std::to_string(row) + ", column " + std::to_string(column) +
                     " reach beyond an image of " + std::to_string(height_) + " x " + std::to_string(width_));
  float* corner = hole_.data() + (image * height_ + row) * width_ + column;
  for (std::size_t i = 0; i < height; ++i) std::fill_n(corner + i * width_, width, 1.0f);
}

Tensor<float> damage(const Tensor<float>& images, const Mask& mask, float fill) {
  const Tensor<float>& hole = mask.hole();
  require_same_shape("damage: images and mask", images, hole);
  auto damaged = Tensor<float>::uninitialized(images.shape());
  parallel_ranges(images.size(), light_work,
                  [from = images.data(), is_hole = hole.data(), to = damaged.data(), fill](std::size_t first,
                                                                                           std::size_t last) {
                    for (std::size_t i = first; i < last; ++i) to[i] = is_hole[i] != 0 ? fill : from[i];
                  });
  return damaged;
}

Tensor<float> composite(Tensor<float> restored, const Tensor<float>& original, const Mask& mask) {
  const Tensor<float>& hole = mask.hole();
  require_same_shape("composite: restored and original", restored, original);
  require_same_shape("composite: images and mask", restored, hole);
  for (std::size_t i = 0; i < restored.size(); ++i) restored[i] = hole[i] != 0 ? restored[i] : original[i];
  return restored;
}

}  // namespace mend
