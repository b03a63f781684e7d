#pragma once

#include <cstddef>
#include <utility>
#include <xsimd/xsimd.hpp>

// Internal to gemm: the innermost loops, written once and compiled for each instruction set. Only the files
// gemm_avx2.cpp and gemm_avx512.cpp include the lower half; they use nothing of the standard library that the linker
// could merge with code for lesser processors.
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
  /// C = A B or C += A B for one tile. \param flip  as the strip was packed  \param b_stride  of the rows of the panel
  void (*multiply)(bool flip, std::size_t rows, std::size_t columns, std::size_t depth, const float* strip,
                   const float* panel, std::size_t b_stride, bool add, float* c, std::size_t c_stride);
};

/// From one row of a packed strip to the next: not a power of two, which would put all rows into the same cache sets.
inline constexpr std::size_t strip_stride = most_depth + 16;

const ProductKernel* avx2_kernel();    ///< Null where it was not compiled.
const ProductKernel* avx512_kernel();  ///< Null where it was not compiled.

namespace {

// A strip of Rows rows times a panel of Wide registers. The element (i, k) of the strip is at i * ROW + k * COLUMN:
// strides that the compiler knows become part of the instructions.
template <class Batch, std::size_t Rows, std::size_t Wide, std::size_t ROW, std::size_t COLUMN>
void multiply_tile(std::size_t depth, const float* strip, const float* panel, std::size_t b_stride, bool add,
                   float* c, std::size_t c_stride) {
  Batch sum[Rows][Wide];
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Wide; ++j) sum[i][j] = Batch(0.0f);
  for (std::size_t k = 0; k < depth; ++k, strip += COLUMN, panel += b_stride) {
    Batch b[Wide];
    for (std::size_t j = 0; j < Wide; ++j) b[j] = Batch::load_unaligned(panel + j * Batch::size);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < Rows; ++i) {
      const Batch a(strip[i * ROW]);  // one number of A in all lanes
      for (std::size_t j = 0; j < Wide; ++j) sum[i][j] = xsimd::fma(a, b[j], sum[i][j]);
    }
  }
#pragma GCC unroll 16
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Wide; ++j) {
      float* const to = c + i * c_stride + j * Batch::size;
      if (add) sum[i][j] += Batch::load_unaligned(to);
      sum[i][j].store_unaligned(to);
    }
}

using TileFunction = void (*)(std::size_t, const float*, const float*, std::size_t, bool, float*,
                              std::size_t);

template <class Batch, std::size_t Rows>
struct KernelFor {
  static constexpr std::size_t lanes = Batch::size, columns = 2 * lanes;

  // multiply_tile for 1, 2, ..., Rows rows: the last strip is seldom full.
  template <std::size_t Wide, std::size_t ROW, std::size_t COLUMN>
  static TileFunction tile_of(std::size_t rows) {
    return [rows]<std::size_t... I>(std::index_sequence<I...>) {
      static constexpr TileFunction table[] = {multiply_tile<Batch, I + 1, Wide, ROW, COLUMN>...};
      return table[rows - 1];
    }
    (std::make_index_sequence<Rows>());
  }

  static void multiply(bool flip, std::size_t rows, std::size_t width, std::size_t depth, const float* strip,
                       const float* panel, std::size_t b_stride, bool add, float* c, std::size_t c_stride) {
    const bool wide = width > lanes;
    const TileFunction tile =
        flip ? (wide ? tile_of<2, 1, Rows>(rows) : tile_of<1, 1, Rows>(rows))
             : (wide ? tile_of<2, strip_stride, 1>(rows) : tile_of<1, strip_stride, 1>(rows));
    if (width % lanes == 0) return tile(depth, strip, panel, b_stride, add, c, c_stride);
    float whole[Rows * columns];  // registers are written whole, C is not
    tile(depth, strip, panel, b_stride, false, whole, columns);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < width; ++j)
        c[i * c_stride + j] = whole[i * columns + j] + (add ? c[i * c_stride + j] : 0.0f);
  }

  // Four rows of four numbers become four columns.
  static void transpose_4x4(const float* from, std::size_t stride, float* to, std::size_t to_stride) {
    using Four = xsimd::batch<float, xsimd::sse4_2>;
    const Four r0 = Four::load_unaligned(from), r1 = Four::load_unaligned(from + stride),
               r2 = Four::load_unaligned(from + 2 * stride), r3 = Four::load_unaligned(from + 3 * stride);
    const Four low02 = xsimd::zip_lo(r0, r2), high02 = xsimd::zip_hi(r0, r2), low13 = xsimd::zip_lo(r1, r3),
               high13 = xsimd::zip_hi(r1, r3);
    xsimd::zip_lo(low02, low13).store_unaligned(to);
    xsimd::zip_hi(low02, low13).store_unaligned(to + to_stride);
    xsimd::zip_lo(high02, high13).store_unaligned(to + 2 * to_stride);
    xsimd::zip_hi(high02, high13).store_unaligned(to + 3 * to_stride);
  }

  // `count` numbers of each of `depth` rows, to rows of `width`, with zeros behind.
  static void copy_rows(std::size_t count, std::size_t depth, const float* from, std::size_t stride,
                        float* to, std::size_t width) {
    for (std::size_t k = 0; k < depth; ++k, from += stride, to += width) {
      for (std::size_t j = 0; j < count; ++j) to[j] = from[j];
      for (std::size_t j = count; j < width; ++j) to[j] = 0.0f;
    }
  }

  static void pack_strip(bool flip, std::size_t count, std::size_t depth, const float* a, std::size_t stride,
                         float* strip) {
    if (!flip) {  // rows stay rows
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < depth; ++k) strip[i * strip_stride + k] = a[i * stride + k];
    } else if (count == Rows) {
      for (std::size_t k = 0; k < depth; ++k)
        for (std::size_t i = 0; i < Rows; ++i) strip[k * Rows + i] = a[k * stride + i];
    } else {
      copy_rows(count, depth, a, stride, strip, Rows);
    }
  }

  static void pack_panel(bool flip, std::size_t count, std::size_t depth, const float* b, std::size_t stride,
                         float* panel) {
    if (!flip) return copy_rows(count, depth, b, stride, panel, columns);
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4) {
      std::size_t k = 0;
      for (; k + 4 <= depth; k += 4)
        transpose_4x4(b + j * stride + k, stride, panel + k * columns + j, columns);
      for (; k < depth; ++k)
        for (std::size_t i = j; i < j + 4; ++i) panel[k * columns + i] = b[i * stride + k];
    }
    for (; j < columns; ++j)
      for (std::size_t k = 0; k < depth; ++k) panel[k * columns + j] = j < count ? b[j * stride + k] : 0.0f;
  }

  static constexpr ProductKernel kernel{Rows, columns, pack_strip, pack_panel, multiply};
};

}  // namespace
}  // namespace mend
