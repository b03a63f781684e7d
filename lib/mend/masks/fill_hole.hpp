#pragma once

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

// What stands in the hole before a restorer sees the image. Black and any other constant is damage() in mask.hpp; here
// is what depends on the place. A good restorer does not care: what it says must not change with the fill.
namespace mend {

/// Each missing pixel becomes that of one image, such as the mean of the training images.
/// \param images  (N, H W)  \param mask  for N images  \param mean  (H W)
/// \throws ShapeError when the three do not belong together
Tensor<float> fill_with_mean(Tensor<float> images, const Mask& mask, const Tensor<float>& mean);

/// Each missing pixel becomes independent noise, uniform in [0, 1].
/// \param images  (N, H W)  \param mask  for N images  \param random  the stream of the noise
/// \throws ShapeError when images and mask do not belong together
Tensor<float> fill_with_noise(Tensor<float> images, const Mask& mask, Random& random);

/// Each missing pixel becomes the nearest known one, by Euclidean distance, so that the edge of the hole grows inwards.
/// Of several that are equally near it is the first in reading order. An image without a known pixel becomes black.
/// \param images  (N, H W)  \param mask  for N images
/// \throws ShapeError when images and mask do not belong together
Tensor<float> fill_with_edge(Tensor<float> images, const Mask& mask);

}  // namespace mend
