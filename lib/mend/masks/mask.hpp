#pragma once

#include <cstddef>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// Which pixels of N images are missing: hole = 1, known = 0. A type, because every library has its own
/// polarity.
class Mask {
 public:
  /// Nothing is missing yet.
  Mask(std::size_t images, std::size_t height, std::size_t width);
  /// The given holes. Masks of other libraries come in by polarity.hpp.
  /// \param hole  (N, H W): 1 in the hole, 0 elsewhere  \param height  H  \param width  W
  /// \throws ShapeError for another shape  \throws Error when a value is neither 0 nor 1
  Mask(Tensor<float> hole, std::size_t height, std::size_t width);

  std::size_t images() const { return hole_.dim(0); }  ///< N.
  std::size_t height() const { return height_; }       ///< H.
  std::size_t width() const { return width_; }         ///< W.
  const Tensor<float>& hole() const { return hole_; }  ///< (N, H W): 1 in the hole, 0 elsewhere.
  double hole_share() const;  ///< The share of missing pixels over all images, in [0, 1].

  /// Makes a rectangle of one image a hole, 1 x 1 for a single pixel. \throws ShapeError when it reaches beyond the image.
  void cut(std::size_t image, std::size_t row, std::size_t column, std::size_t height, std::size_t width);

 private:
  std::size_t height_, width_;
  Tensor<float> hole_;
};

/// The images with their holes filled with one value; the assignment's holes are black.
/// \param images  (N, H W) in [0, 1]  \param mask  for N images  \param fill  what stands in the hole
/// \throws ShapeError when mask and images do not belong together
Tensor<float> damage(const Tensor<float>& images, const Mask& mask, float fill = 0);

/// The restored pixels inside the hole, the original ones outside: what a user wants to see.
/// \throws ShapeError when the three do not belong together
Tensor<float> composite(Tensor<float> restored, const Tensor<float>& original, const Mask& mask);

}  // namespace mend
