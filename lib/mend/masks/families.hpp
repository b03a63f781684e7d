#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mend/masks/mask.hpp"
#include "mend/tensor/random.hpp"

namespace mend {

/// The ways to damage an image: the assignment's three, then others that users meet; brushes, every second line and
/// halves are also among the test masks of Lugmayr et al. 2022. Each family has one number, its size.
enum class MaskFamily {
  vertical_stripe,    ///< A full column band; size: its width in pixels.
  horizontal_stripe,  ///< A full row band; size: its width in pixels.
  patch,              ///< A square; size: its side in pixels.
  scratches,  ///< Thin, slightly curved lines from edge to edge (draw_scratch); size: how many, 1 to 50.
  brush,      ///< Free-form strokes 2 to 4 pixels wide (draw_brush_stroke); size: how many, 1 to 20.
  text,       ///< Capital letters, 7 pixels high (draw_letters); size: how many, 1 to 12 in 28 x 28 pixels.
  scattered,  ///< Single pixels, the same number in each image; size: percent of the pixels, 1 to 99.
  /// Bands of full rows, hidden and known in turn, from a random phase on; size: the rows of a band, 1 to half the
  /// height.
  every_second_line,
  half,   ///< From one of the four sides, at random, inwards; size: how far in pixels, 14 of 28 is the half.
  centre  ///< A square in the middle, or half a pixel to the upper left of it; size: its side in pixels.
};

/// "vertical stripe", "every second line": the enumerator in words.
std::string to_string(MaskFamily family);

/// The largest size of a family in a frame; the smallest is 1. 0 where the frame is too small for the family.
std::size_t largest_size(MaskFamily family, std::size_t height = 28, std::size_t width = 28);

/// A mask of the family for each image; MaskFamily says what is random about it. Stripes and patches lie at a
/// uniform position inside the frame.
///
/// The masks are drawn one after another: the first of many are those of few.
/// \param family  which  \param size  1 to largest_size(); MaskFamily says what it means
/// \param images  how many  \param random  the stream of the masks
/// \param height  of an image in pixels  \param width  of an image in pixels
/// \throws Error when the size is 0 or too large for the frame
Mask draw_masks(MaskFamily family, std::size_t size, std::size_t images, Random& random,
                std::size_t height = 28, std::size_t width = 28);

/// The assignment's three.
inline const std::vector<MaskFamily> assignment_families = {MaskFamily::vertical_stripe,
                                                            MaskFamily::horizontal_stripe, MaskFamily::patch};

/// The assignment's mixture: a family at random for each image, then a stripe of width 3 to 16 or a square of
/// side 5 to 15, both ends included, at random.
/// \param images  how many  \param random  the stream of the masks
/// \param height  of an image in pixels  \param width  of an image in pixels
/// \param families  some of the assignment's three, each as likely as the others
/// \throws Error when the frame is smaller than 16 x 16, or for no families or others
Mask draw_assignment_masks(std::size_t images, Random& random, std::size_t height = 28,
                           std::size_t width = 28,
                           const std::vector<MaskFamily>& families = assignment_families);

}  // namespace mend
