#pragma once

#include <cstddef>
#include <cstdint>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// A picture of a digit as MNIST would have it, and where in the picture it was.
struct NormalisedDigit {
  Tensor<float> image;          ///< (1, 784) in [0, 1], light on dark; 0 in the hole.
  Tensor<float> hole;           ///< (1, 784): 1 where the digit is missing, 0 elsewhere.
  bool dark_on_light = false;   ///< Whether grey levels were turned round.
  std::uint8_t background = 0;  ///< The grey level that became 0.
  std::uint8_t ink = 255;       ///< The grey level that became 1.
  double top = 0, left = 0;  ///< Of the frame's upper left corner, in pixels of the picture; may be below 0.
  double step = 1;           ///< How many pixels of the picture a pixel of the frame is wide and high.
};

/// Brings a picture of a digit into MNIST's form (LeCun et al. 1998): size-normalised into a box of 20 x 20 pixels with
/// its proportions kept, and centred by its centre of mass in 28 x 28.
///
/// Looks at known pixels alone. The background is the median of the picture's outermost pixels; ink is what is brighter,
/// or darker when the darkest pixel is further from the background than the brightest is. Grey levels are stretched so
/// that the background becomes 0 and the strongest ink 1. The box is that of the pixels above 1/8, and its longer side
/// becomes 20. A pixel of the frame is the mean over the area that it covers, as far as that is known; when less than half
/// of it is, the pixel is missing. What lies beyond the picture is background. The frame is moved by whole pixels of its
/// own, the box staying inside, until the centre of mass is as near to the middle as can be.
///
/// Where a hole hides an edge of the digit the box is too small, and the digit becomes too large: nobody can know.
/// \param picture  (H, W): grey levels, one digit  \param hole  (H, W): not 0 is missing
/// \throws ShapeError unless both are (H, W) and equal, with at least one pixel
/// \throws Error when no pixel is known, or all known ones have one grey level: there is no digit
NormalisedDigit normalise_digit(const Tensor<std::uint8_t>& picture, const Tensor<std::uint8_t>& hole);

/// A picture that is in MNIST's form already, 28 x 28 and light on dark: divided by 255, nothing else.
/// \param picture  (28, 28)  \param hole  (28, 28): not 0 is missing
/// \throws ShapeError for other shapes
NormalisedDigit digit_as_is(const Tensor<std::uint8_t>& picture, const Tensor<std::uint8_t>& hole);

}  // namespace mend
