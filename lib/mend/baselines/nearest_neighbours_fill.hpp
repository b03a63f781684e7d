#pragma once

#include <cstddef>

#include "mend/masks/mask.hpp"

namespace mend {

/// Looks for the training images that agree best with what is known, and shows their mean in the hole.
///
/// The distance of a damaged image x to a training image t counts known pixels only (Dixon 1979):
///     d = sum over the known pixels of (x - t)^2 = |x_k|^2 - 2 x_k t + known t^2,
/// so that all distances are two matrix products. The first term is the same for all t and is left out. The
/// estimate of a regression by neighbours (Fix and Hodges 1951; Cover and Hart 1967) is their plain mean.
///
/// It remembers all training images and their squares, 2 N D floats, and an image costs 2 N D multiplications; where
/// several share a mask, the second half is shared too. Distances are float: images whose distances differ by less
/// than their rounding, some 1e-5, may change places.
class NearestNeighboursFill {
 public:
  /// \param train  (N, D) with N >= 1  \param k  how many neighbours, 1 to N
  /// \throws ShapeError when the images are not such  \throws Error when k is out of range
  explicit NearestNeighboursFill(Tensor<float> train, std::size_t k = 5);

  /// \param damaged  (N, D); what stands in the holes does not matter  \param mask  for N images
  /// \throws ShapeError when the two do not belong together, or to the training images
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

  /// The k nearest training images of each damaged one, the nearest first, the first of equally near ones first:
  /// (N, k) numbers of training images. \throws ShapeError as operator()
  Tensor<std::size_t> neighbours(const Tensor<float>& damaged, const Mask& mask) const;

 private:
  Tensor<float> train_, squares_;  // t and t^2
  std::size_t k_;
};

}  // namespace mend
