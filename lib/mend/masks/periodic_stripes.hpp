#pragma once

#include <cstddef>

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

// Vertical stripes that recur: column j is missing when (j - phase) mod period < width.
namespace mend {

/// Stripes at the same columns of all images: a restorer trained on one phase can be tested on another.
/// \param images  how many  \param width  of a stripe, 1 to period - 1 pixels
/// \param period  from one stripe's beginning to the next, 2 to the width of an image
/// \param phase  the column where a stripe begins; counts modulo the period
/// \param image_height  in pixels  \param image_width  in pixels
/// \throws Error when width or period are out of range
Mask periodic_stripes(std::size_t images, std::size_t width, std::size_t period, std::size_t phase,
                      std::size_t image_height = 28, std::size_t image_width = 28);

/// The same with a phase for each image that is uniform in {0, ..., period - 1}.
/// \param images, width, period  as above  \param random  the stream of the masks
/// \param image_height  in pixels  \param image_width  in pixels
/// \throws Error when width or period are out of range
Mask periodic_stripes(std::size_t images, std::size_t width, std::size_t period, Random& random,
                      std::size_t image_height = 28, std::size_t image_width = 28);

}  // namespace mend
