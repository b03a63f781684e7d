#pragma once

#include <cstddef>
#include <vector>

#include "mend/masks/mask.hpp"

namespace mend {

/// An entry of a sparse matrix that is not zero.
struct SparseEntry {
  std::size_t column;  ///< Where in its row.
  double value;        ///< What.
};
/// A square matrix with few entries in a row: row p lists them, columns rising.
using SparseMatrix = std::vector<std::vector<SparseEntry>>;

/// The grid's Laplacian with the sign that makes it positive: (L u)_p = sum over the neighbours q of (u_p - u_q).
///
/// Neighbours are the pixels above, below, left and right that exist. At the frame's border that is the condition
/// of Neumann: nothing flows out. L is symmetric, and u^T L u is the sum of (u_p - u_q)^2 over all pairs.
SparseMatrix grid_laplacian(std::size_t height, std::size_t width);

/// A A for a symmetric A.
SparseMatrix squared(const SparseMatrix& a);

/// Gives the missing pixels the values that make the energy u^T Q u of the whole image least, while the known
/// ones stay: where its gradient is zero,
///     Q_hh u_h = -Q_hk x_k        h the missing pixels, k the known ones.
///
/// In the order of the pixels Q_hh is a narrow band, for a Q that joins near pixels only, and Cholesky keeps it:
/// |h| b^2 operations for a band of b, made once for all images with the same hole. In double.
/// \param damaged  (N, H W); what stands in the holes does not matter  \param mask  for N images; an image without
///   a known pixel becomes black, because nothing tells its level
/// \param q  (H W, H W): symmetric, with Q_hh positive definite for every hole but the whole image
/// \throws ShapeError when the three do not belong together
Tensor<float> least_energy_fill(Tensor<float> damaged, const Mask& mask, const SparseMatrix& q);

}  // namespace mend
