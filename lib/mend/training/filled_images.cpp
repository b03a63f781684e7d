#include "mend/training/filled_images.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "mend/masks/families.hpp"
#include "mend/models/fill_restorer.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// One hole of any family and size.
Mask draw_hole(const HoleOptions& options, Random& random, std::size_t height, std::size_t width) {
  const MaskFamily family = assignment_families[random.below(assignment_families.size())];
  return draw_masks(family, random.between(options.smallest, options.largest), 1, random, height, width);
}

}  // namespace

Tensor<float> FilledImages::scale(const std::vector<std::size_t>& images) const {
  std::vector<std::size_t> rows;
  rows.reserve(images.size());
  for (const std::size_t image : images) rows.push_back(mask_of.at(image));
  return gather_rows(scales, rows);
}

FilledImages fill_random_holes(const GaussianFill& fill, const Tensor<float>& images, Random& random,
                               const HoleOptions& options, std::size_t height, std::size_t width) {
  if (images.rank() != 2 || images.dim(0) == 0 || images.dim(1) != height * width)
    throw ShapeError("fill_random_holes: images are " + to_string(images.shape()) + " but (N, " +
                     std::to_string(height * width) + ") with N >= 1 was expected");
  if (options.smallest < 1 || options.largest < options.smallest ||
      options.largest > std::min(height, width) || options.share < 1)
    throw Error("fill_random_holes: expected sizes within 1 to " + std::to_string(std::min(height, width)) +
                " and a share of at least 1, found " + std::to_string(options.smallest) + " to " +
                std::to_string(options.largest) + " and " + std::to_string(options.share));
  const std::size_t count = images.dim(0), masks = (count + options.share - 1) / options.share;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);

  FilledImages result;
  result.mask_of.resize(count);
  Tensor<float> distinct({masks, height * width}), hole(images.shape());
  for (std::size_t m = 0; m < masks; ++m) {
    const Mask drawn = draw_hole(options, random, height, width);
    std::copy(drawn.hole().begin(), drawn.hole().end(), distinct.data() + m * height * width);
    for (std::size_t i = m * options.share; i < std::min(count, (m + 1) * options.share); ++i) {
      result.mask_of[order[i]] = m;
      std::copy(drawn.hole().begin(), drawn.hole().end(), hole.data() + order[i] * height * width);
    }
  }
  result.scales = correction_scale(fill, Mask(std::move(distinct), height, width));
  result.filled = fill(images, Mask(std::move(hole), height, width));
  return result;
}

std::vector<FilledImages> fill_epochs(const GaussianFill& fill, const Tensor<float>& images,
                                      std::size_t epochs, Random& random, const HoleOptions& options,
                                      std::size_t height, std::size_t width) {
  if (epochs == 0) throw Error("fill_epochs: expected at least 1 epoch, found 0");
  std::vector<FilledImages> all;
  for (std::size_t e = 0; e < epochs; ++e)
    all.push_back(fill_random_holes(fill, images, random, options, height, width));
  return all;
}

}  // namespace mend
