#pragma once

#include <cstddef>

#include "mend/masks/families.hpp"

namespace mend {

/// The version of frozen_masks(). Numbers that were measured on different versions are not to be compared.
inline constexpr int frozen_masks_version = 1;

/// The masks to test with: the same for everyone, on every machine, whatever the seed of a training.
///
/// Results can be compared only when the holes are the same, and published test masks are rare. These depend on nothing
/// but the arguments: no restorer can be lucky. The first n masks are the same however many are asked for, so that an
/// image keeps its mask when a test set is cut short; families, sizes and draws are independent of each other.
/// \param family  which  \param size  1 to largest_size(family)
/// \param draw  another set of masks for each: for the spread of a result over masks
/// \param images  how many  \returns masks for images of 28 x 28 pixels
/// \throws Error when the family has no such size
Mask frozen_masks(MaskFamily family, std::size_t size, std::size_t draw, std::size_t images);

}  // namespace mend
