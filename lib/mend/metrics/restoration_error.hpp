#pragma once

#include <cstddef>
#include <vector>

#include "mend/masks/mask.hpp"

namespace mend {

/// What a difference d between a restored and an original pixel costs. To be said at each call: an error whose
/// penalty is not named cannot be compared.
enum class Penalty {
  squared,  ///< d^2: the mean is the mean squared error, MSE.
  absolute  ///< |d|: the mean is the mean absolute error, MAE.
};

/// The ring: known pixels at most this far from a missing one, in steps of a chess king, inside the frame.
inline constexpr std::size_t ring_width = 2;

/// Mean penalties of restored images, each over a named set of pixels; there is no error without a name.
/// A set without pixels has error 0.
struct ErrorParts {
  double whole = 0;  ///< Over all pixels: what the assignment reports.
  double hole = 0;   ///< Over the missing pixels alone: the restoration itself.
  double ring = 0;   ///< Over the known pixels at the border of the hole, see ring_width.
  double known = 0;  ///< Over all known pixels, the ring included: how well it copies.
};

/// The errors of what a restorer returned, and of what a user gets who keeps the known pixels.
struct RestorationError {
  ErrorParts raw;  ///< Of the output as it came.
  ErrorParts
      composite;  ///< After the known pixels were put back: ring and known are 0, whole is the sum over the
                  ///< hole divided by *all* pixels, that is hole times the hole's share.
};

/// Judges restored images, all pixels of all images in one mean.
/// \param restored  (N, H W)  \param original  (N, H W)  \param mask  for N images  \param penalty  of a difference
/// \throws ShapeError when the three do not belong together
RestorationError restoration_error(const Tensor<float>& restored, const Tensor<float>& original,
                                   const Mask& mask, Penalty penalty);

/// The same for each image alone: N errors. Where the holes of all images have the same area, their means are those
/// of restoration_error.
/// \param restored  (N, H W)  \param original  (N, H W)  \param mask  for N images  \param penalty  of a difference
/// \throws ShapeError when the three do not belong together
std::vector<RestorationError> restoration_errors(const Tensor<float>& restored, const Tensor<float>& original,
                                                 const Mask& mask, Penalty penalty);

}  // namespace mend
