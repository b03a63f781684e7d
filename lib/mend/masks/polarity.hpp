#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "mend/masks/mask.hpp"

// Masks from other libraries and to them. Each says "missing" in its own numbers:
//
//   library                                         missing     known   shape
//   OpenCV, inpaint (Bradski 2000)                  not 0       0       (N, H, W)
//   RePaint (Lugmayr et al. 2022)                   0           255     (N, H, W)
//   masked autoencoders, MAE (He et al. 2022)       1           0       (N, L) patches
//   partial convolutions (Liu et al. 2018)          0           1       (N, H, W)
//
// Bytes may be 0 and 255 or 0 and 1, floats are 0 and 1. Grey values are refused: they come from resizing or from JPEG,
// and would leave a rim around the hole that is neither known nor missing; binarize() decides them.
//
// No importer can tell whether its polarity is the right one. After an import look at Mask::hole_share(): when most of
// a picture is missing, the mask was probably meant for another of these functions.
namespace mend {

/// Makes a grey mask black and white: values from the threshold on become 255 (bytes) or 1 (floats), others 0.
/// \tparam T  std::uint8_t or float  \param mask  any shape; floats in [0, 1]
/// \param threshold  above 0 and at most the largest value; 128 and 0.5f lie in the middle
/// \throws Error when the threshold or a value is out of range
template <class T>
Tensor<T> binarize(Tensor<T> mask, std::type_identity_t<T> threshold);

/// OpenCV's polarity: not 0 is a hole. \tparam T  std::uint8_t or float  \param mask  (N, H, W)
/// \throws ShapeError for another shape  \throws Error when a value is grey
template <class T>
Mask mask_from_opencv(const Tensor<T>& mask);

/// RePaint's polarity: 255 is known. \tparam T  std::uint8_t or float  \param mask  (N, H, W)
/// \throws ShapeError for another shape  \throws Error when a value is grey
template <class T>
Mask mask_from_repaint(const Tensor<T>& mask);

/// The polarity of partial convolutions: 1 is valid. \tparam T  std::uint8_t or float  \param mask  (N, H, W)
/// \throws ShapeError for another shape  \throws Error when a value is grey
template <class T>
Mask mask_from_partial_convolution(const Tensor<T>& mask);

/// MAE's polarity: 1 is removed, for whole patches, row by row from the upper left.
/// \tparam T  std::uint8_t or float  \param mask  (N, L) with L = (H / patch) (W / patch)
/// \param patch  the side of a patch in pixels; 1 for a mask of pixels
/// \param height  H, a multiple of patch  \param width  W, a multiple of patch
/// \throws ShapeError for another shape  \throws Error when a value is grey or patches do not tile the image
template <class T>
Mask mask_from_mae(const Tensor<T>& mask, std::size_t patch, std::size_t height = 28, std::size_t width = 28);

/// (N, H, W): 255 in the hole, 0 elsewhere.
Tensor<std::uint8_t> mask_to_opencv(const Mask& mask);
/// (N, H, W): 0 in the hole, 255 elsewhere.
Tensor<std::uint8_t> mask_to_repaint(const Mask& mask);
/// (N, H, W): 0 in the hole, 1 elsewhere.
Tensor<float> mask_to_partial_convolution(const Mask& mask);
/// (N, L): 1 for a patch that is missing, 0 for one that is known. \param mask  of whole patches
/// \param patch  the side of a patch in pixels
/// \throws Error when a patch is missing in part, or patches do not tile the image
Tensor<float> mask_to_mae(const Mask& mask, std::size_t patch);

}  // namespace mend
