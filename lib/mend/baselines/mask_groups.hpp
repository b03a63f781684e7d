#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "mend/masks/mask.hpp"

namespace mend {

/// The images of a batch that miss the same pixels: a linear system for that hole is made and solved once for
/// them all. Of stripes 3 pixels wide there are 26, however many images.
struct MaskGroup {
  std::vector<std::size_t> images;  ///< Which rows of the batch, rising.
  std::vector<std::size_t> hole;    ///< The missing pixels, rising: y W + x for row y and column x.
  std::vector<std::size_t> known;   ///< All other pixels, rising.
};

/// Every image in exactly one group, the groups in the order of their first images.
std::vector<MaskGroup> mask_groups(const Mask& mask);

/// Calls task once for each group, the groups shared out over threads (parallel.hpp), each in the floating-point
/// mode of the caller. Groups have no image in common: a task that writes to its own images disturbs no other.
/// \param mask  of the batch  \param task  must not throw
void for_each_mask_group(const Mask& mask, const std::function<void(const MaskGroup&)>& task);

/// Pixel `pixels[j]` of image `images[i]` becomes element (i, j) of `values`.
/// \param x  (N, D)  \param images  rows of x  \param pixels  columns of x  \param values  (images, pixels)
/// \throws ShapeError for values of another shape, an image or a pixel that is not there
void put_pixels(Tensor<float>& x, const std::vector<std::size_t>& images,
                const std::vector<std::size_t>& pixels, const Tensor<double>& values);

}  // namespace mend
