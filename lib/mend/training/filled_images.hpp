#pragma once

#include <cstdint>
#include <vector>

#include "mend/baselines/gaussian_fill.hpp"
#include "mend/tensor/random.hpp"

namespace mend {

/// Images with a hole in each, filled once for many steps of training.
struct FilledImages {
  Tensor<float> filled;  ///< (N, D): m, the images with their holes filled by the Gaussian.
  Tensor<float> scales;  ///< (M, D): s of each distinct mask, 0 where it is known (correction_scale).
  std::vector<std::size_t> mask_of;  ///< N numbers: which row of `scales` belongs to the image.

  /// s of some images, (count, D).
  Tensor<float> scale(const std::vector<std::size_t>& images) const;
};

/// Which holes a restorer learns from.
struct HoleOptions {
  std::size_t smallest = 3;  ///< The least width of a stripe or side of a square.
  std::size_t largest = 24;  ///< The greatest; each size between is equally likely.
  /// So many images, taken at random, share a hole. The fill factorises a matrix for each hole, which is most of
  /// its work, and an image still meets a new hole in each epoch.
  std::size_t share = 8;
};

/// Damages each image by a vertical stripe, a horizontal one or a square at a uniform position, and fills it.
///
/// A hole is drawn, used for `share` images and not kept: what a network sees is new each time this is called.
/// \param fill  who fills  \param images  (N, H W)  \param random  the stream of the masks
/// \param options  which holes  \param height  H  \param width  W
/// \throws Error when an option is out of its range  \throws ShapeError when images are no such matrix
FilledImages fill_random_holes(const GaussianFill& fill, const Tensor<float>& images, Random& random,
                               const HoleOptions& options = {}, std::size_t height = 28,
                               std::size_t width = 28);

/// fill_random_holes for so many epochs. Takes 4 bytes a pixel and epoch: 40 MB for 12,000 images.
///
/// None of it depends on a network, so several trainings can use it, each with its own seed.
/// \throws Error for no epoch, and as fill_random_holes
std::vector<FilledImages> fill_epochs(const GaussianFill& fill, const Tensor<float>& images,
                                      std::size_t epochs, Random& random, const HoleOptions& options = {},
                                      std::size_t height = 28, std::size_t width = 28);

}  // namespace mend
