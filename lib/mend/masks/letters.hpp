#pragma once

#include <cstddef>

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

namespace mend {

inline constexpr std::size_t letter_height = 7;  ///< Of a letter in pixels.
inline constexpr std::size_t letter_width = 5;   ///< Of a letter in pixels.

/// Whether the capital letter has ink at a pixel of its 7 x 5 raster.
/// \param letter  'A' to 'Z'  \param row  0 to 6  \param column  0 to 4
/// \throws Error for any other letter or place
bool letter_has_ink(char letter, std::size_t row, std::size_t column);

/// How many letters fit into a frame, a pixel between them: 12 into 28 x 28 pixels.
std::size_t letters_that_fit(std::size_t height, std::size_t width);

/// Writes random capital letters into one image as a hole: text over a picture, as in Xie, Xu, Chen 2012.
///
/// The letters stand in lines; where the lines begin is random, and so is which places of them are used.
/// \param mask  that gets the hole  \param image  of mask.images()  \param count  how many letters, none over another
/// \param random  the stream of the masks
/// \throws ShapeError when there is no such image  \throws Error when so many letters do not fit
void draw_letters(Mask& mask, std::size_t image, std::size_t count, Random& random);

}  // namespace mend
