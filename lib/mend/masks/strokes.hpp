#pragma once

#include <cstddef>

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

// The thin and the free-form hole. Both are drawn in whole numbers, so that no compiler's rounding moves a pixel.
namespace mend {

/// A scratch: a slightly curved line, 1 pixel wide, from the left edge of the frame to the right or from the top to the
/// bottom.
///
/// Both ends are uniform on their edges; between them runs a quadratic Bezier curve whose middle lies at most an eighth
/// of the frame beside the straight line.
/// \param mask  that gets the hole  \param image  of mask.images()  \param random  the stream of the masks
/// \throws ShapeError when there is no such image  \throws Error when the frame is smaller than 2 x 2
void draw_scratch(Mask& mask, std::size_t image, Random& random);

/// A stroke of a brush: a random walk of 2 to 4 straight pieces with a square nib of side 2 to 4; what leaves the frame
/// is cut off.
///
/// Free-form masks of such strokes were made popular by Liu et al. 2018 and Yu et al. 2019. The walk begins anywhere in
/// the frame, and each piece moves the nib by up to a third of the frame along each axis.
/// \param mask  that gets the hole  \param image  of mask.images()  \param random  the stream of the masks
/// \throws ShapeError when there is no such image  \throws Error when the frame has no pixels
void draw_brush_stroke(Mask& mask, std::size_t image, Random& random);

}  // namespace mend
