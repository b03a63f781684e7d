#pragma once

#include <cstddef>
#include <string>

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

namespace mend {

/// The assignment's three ways to damage an image.
enum class MaskFamily {
  vertical_stripe,    ///< A full column band.
  horizontal_stripe,  ///< A full row band.
  patch               ///< A square.
};

/// "vertical stripe", "horizontal stripe", "patch".
std::string to_string(MaskFamily family);

/// One stripe or square of the given width in each image, at a uniform position inside the frame.
/// \param family  which  \param size  the stripe's width or the square's side, 1 to 28 pixels
/// \param images  how many  \param random  the stream of the masks
/// \param height  of an image in pixels  \param width  of an image in pixels
/// \throws Error when the size is 0 or does not fit into the frame
Mask draw_masks(MaskFamily family, std::size_t size, std::size_t images, Random& random,
                std::size_t height = 28, std::size_t width = 28);

/// The assignment's mixture: a family at random for each image, then a stripe of width 3 to 16 or a square of
/// side 5 to 15, both ends included, at random. \throws Error when the frame is smaller than 16 x 16
Mask draw_assignment_masks(std::size_t images, Random& random, std::size_t height = 28,
                           std::size_t width = 28);

}  // namespace mend
