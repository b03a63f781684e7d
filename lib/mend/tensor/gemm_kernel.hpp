#pragma once

#include <cstddef>

// Internal to gemm: the innermost loops, written once in gemm_kernel.cpp and compiled for each instruction set.
namespace mend {

/// The longest sum that a kernel makes before it adds to C: then a panel of B stays in the first-level cache.
inline constexpr std::size_t most_depth = 256;

/// The kernels for one instruction set. A is packed in strips of `rows` rows, B in panels of `columns` columns; a tile
/// of C, a strip by a panel, stays in registers while the sums are made.
struct ProductKernel {
  std::size_t rows;     ///< Of a strip of A.
  std::size_t columns;  ///< Of a panel of B.

  /// Copies a strip to where the kernel reads it best. \param a  its first element  \param stride  of the rows of `a` as
  /// stored  \param flip  `a` is stored transposed  \param strip  rows x strip_stride numbers
  void (*pack_strip)(bool flip, std::size_t count, std::size_t depth, const float* a, std::size_t stride,
                     float* strip);
  /// Copies a panel, and zeros beside it when it is narrow. \param panel  depth x columns numbers
  void (*pack_panel)(bool flip, std::size_t count, std::size_t depth, const float* b, std::size_t stride,
                     float* panel);
  /// C = A B or C += A B for one tile. \param flip  the strip was packed flipped  \param a_stride  of the rows of a strip
  /// that was not: strip_stride, or that of A where it was not packed at all  \param b_stride  of the rows of the panel
  void (*multiply)(bool flip, std::size_t rows, std::size_t columns, std::size_t depth, const float* strip,
                   std::size_t a_stride, const float* panel, std::size_t b_stride, bool add, float* c,
                   std::size_t c_stride);
};

/// From one row of a packed strip to the next: not a power of two, which would put all rows into the same cache sets.
inline constexpr std::size_t strip_stride = most_depth + 16;

const ProductKernel* avx2_kernel();    ///< Null where it was not compiled.
const ProductKernel* avx512_kernel();  ///< Null where it was not compiled.

}  // namespace mend
