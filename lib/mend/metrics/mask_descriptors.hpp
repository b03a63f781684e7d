#pragma once

#include <vector>

#include "mend/masks/mask.hpp"

namespace mend {

/// What about a hole may make it hard to restore. Two masks of one area can differ in all the rest.
struct MaskDescriptors {
  double area = 0;  ///< Share of the pixels that are missing, in [0, 1].
  double perimeter_to_area =
      0;  ///< Sides of missing pixels that touch a known one, per missing pixel, in [0, 4].
          ///< The frame is no known pixel: a hole at the border has less to go by there.
  double mean_distance =
      0;  ///< From a missing pixel to the nearest known one, mean over the hole; in pixels,
          ///< Euclidean, centre to centre, so at least 1. Infinite when nothing is known.
  double largest_distance = 0;  ///< The same, the largest in the hole.
  double hidden_ink = 0;        ///< Share of the image's brightness that lies in the hole, in [0, 1].
};

/// Describes the hole of each image. Without a missing pixel all are 0, and so is hidden_ink of a black image.
///
/// Distances are exact, found in two passes (Saito and Toriwaki 1994).
/// \param mask  for N images  \param images  (N, H W) originals in [0, 1]
/// \return N descriptions
/// \throws ShapeError when mask and images do not belong together
std::vector<MaskDescriptors> describe_masks(const Mask& mask, const Tensor<float>& images);

}  // namespace mend
