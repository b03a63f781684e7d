#include "mend/metrics/mask_descriptors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

// Sides of missing pixels that touch a known one: the changes along each row and each column.
std::size_t perimeter(const float* hole, std::size_t height, std::size_t width) {
  std::size_t sides = 0;
  for (std::size_t r = 0; r < height; ++r)
    for (std::size_t c = 0; c < width; ++c) {
      const bool missing = hole[r * width + c] != 0;
      if (c + 1 < width) sides += missing != (hole[r * width + c + 1] != 0);
      if (r + 1 < height) sides += missing != (hole[(r + 1) * width + c] != 0);
    }
  return sides;
}

// Squared distances of all pixels to the nearest known one.
class Distances {
 public:
  Distances(std::size_t height, std::size_t width)
      : height_(height), width_(width), square_(height * width), in_column_(square_) {}

  const std::vector<double>& squares(const float* hole) {
    // Within the column: the steps since the last known pixel, downwards and upwards.
    for (std::size_t c = 0; c < width_; ++c) {
      double steps = nothing;
      for (std::size_t r = 0; r < height_; ++r) {
        steps = hole[r * width_ + c] != 0 ? steps + 1 : 0;
        in_column_[r * width_ + c] = steps;
      }
      steps = nothing;
      for (std::size_t r = height_; r-- > 0;) {
        steps = hole[r * width_ + c] != 0 ? steps + 1 : 0;
        in_column_[r * width_ + c] = std::min(in_column_[r * width_ + c], steps);
      }
    }
    // Pythagoras: the nearest known pixel of each column, and the best column.
    for (std::size_t r = 0; r < height_; ++r) {
      const double* down = in_column_.data() + r * width_;
      for (std::size_t c = 0; c < width_; ++c) {
        double best = hole[r * width_ + c] != 0 ? nothing : 0;
        for (std::size_t other = 0; other < width_ && best > 0; ++other) {
          const double across = static_cast<double>(other) - static_cast<double>(c);
          best = std::min(best, across * across + down[other] * down[other]);
        }
        square_[r * width_ + c] = best;
      }
    }
    return square_;
  }

 private:
  static constexpr double nothing = std::numeric_limits<double>::infinity();
  std::size_t height_, width_;
  std::vector<double> square_, in_column_;
};

MaskDescriptors describe(const float* hole, const float* image, std::size_t height, std::size_t width,
                         Distances& distances) {
  const std::size_t pixels = height * width;
  const auto missing =
      static_cast<double>(std::count_if(hole, hole + pixels, [](float h) { return h != 0; }));
  if (missing == 0) return {};
  const std::vector<double>& square = distances.squares(hole);
  double distance = 0, largest = 0, hidden = 0, ink = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    ink += image[i];
    if (hole[i] == 0) continue;
    hidden += image[i];
    distance += std::sqrt(square[i]);
    largest = std::max(largest, square[i]);
  }
  return {missing / static_cast<double>(pixels),
          static_cast<double>(perimeter(hole, height, width)) / missing, distance / missing,
          std::sqrt(largest), ink == 0 ? 0 : hidden / ink};
}

}  // namespace

std::vector<MaskDescriptors> describe_masks(const Mask& mask, const Tensor<float>& images) {
  require_same_shape("describe_masks: images and mask", images, mask.hole());
  const std::size_t count = mask.images(), height = mask.height(), width = mask.width();
  const std::size_t pieces = std::min<std::size_t>(count, 64);
  std::vector<MaskDescriptors> all(count);
  parallel_for(pieces, [&](std::size_t piece) {
    Distances distances(height, width);
    for (std::size_t n = count * piece / pieces; n < count * (piece + 1) / pieces; ++n)
      all[n] = describe(mask.hole().data() + n * height * width, images.data() + n * height * width, height,
                        width, distances);
  });
  return all;
}

}  // namespace mend
