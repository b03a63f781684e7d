// Compiled twice: with MEND_AVX2_KERNEL for AVX2, and with MEND_AVX512_KERNEL for AVX-512; gemm.cpp asks the processor
// which may run. So nothing of the standard library is used here that the linker could merge with code for lesser
// processors.
#include "mend/tensor/gemm_kernel.hpp"

#include <utility>
#include <xsimd/xsimd.hpp>

namespace mend {
namespace {

// A strip of Rows rows times a panel of Wide registers. COLUMN is from one column of the strip to the next when it is
// packed flipped, with its rows side by side, or 1 when its rows lie `a_stride` apart.
template <class Batch, std::size_t Rows, std::size_t Wide, std::size_t COLUMN>
void multiply_tile(std::size_t depth, const float* strip, std::size_t a_stride, const float* panel,
                   std::size_t b_stride, bool add, float* c, std::size_t c_stride) {
  const std::size_t row = COLUMN == 1 ? a_stride : 1;
  Batch sum[Rows][Wide];
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Wide; ++j) sum[i][j] = Batch(0.0f);
  for (std::size_t i = 0; i < Rows; ++i)
    __builtin_prefetch(c + i * c_stride, 1);  // needed when the sums are there
  for (std::size_t k = 0; k < depth; ++k, strip += COLUMN, panel += b_stride) {
    Batch b[Wide];
    __builtin_prefetch(panel + 8 * b_stride);  // rows far apart: the processor does not guess the next one
    if (Wide > 1) __builtin_prefetch(panel + 8 * b_stride + Batch::size);
    for (std::size_t j = 0; j < Wide; ++j) b[j] = Batch::load_unaligned(panel + j * Batch::size);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < Rows; ++i) {
      const Batch a(strip[i * row]);  // one number of A in all lanes
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

using TileFunction = void (*)(std::size_t, const float*, std::size_t, const float*, std::size_t, bool, float*,
                              std::size_t);

template <class Batch, std::size_t Rows>
struct KernelFor {
  static constexpr std::size_t lanes = Batch::size, columns = 2 * lanes;

  // multiply_tile for 1, 2, ..., Rows rows: the last strip is seldom full.
  template <std::size_t Wide, std::size_t COLUMN>
  static TileFunction tile_of(std::size_t rows) {
    return [rows]<std::size_t... I>(std::index_sequence<I...>) {
      static constexpr TileFunction table[] = {multiply_tile<Batch, I + 1, Wide, COLUMN>...};
      return table[rows - 1];
    }
    (std::make_index_sequence<Rows>());
  }

  static void multiply(bool flip, std::size_t rows, std::size_t width, std::size_t depth, const float* strip,
                       std::size_t a_stride, const float* panel, std::size_t b_stride, bool add, float* c,
                       std::size_t c_stride) {
    const bool wide = width > lanes;
    const TileFunction tile = flip ? (wide ? tile_of<2, Rows>(rows) : tile_of<1, Rows>(rows))
                                   : (wide ? tile_of<2, 1>(rows) : tile_of<1, 1>(rows));
    if (width % lanes == 0) return tile(depth, strip, a_stride, panel, b_stride, add, c, c_stride);
    float whole[Rows * columns];  // registers are written whole, C is not
    tile(depth, strip, a_stride, panel, b_stride, false, whole, columns);
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

#if defined(MEND_AVX512_KERNEL)
// 32 registers of 16 numbers: a tile of 12 x 32 takes 24 of them for the sums, 2 for B and 1 for A.
const ProductKernel* avx512_kernel() {
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__)
  return &KernelFor<xsimd::batch<float, xsimd::avx512bw>, 12>::kernel;
#else
  return nullptr;
#endif
}
#endif

#if defined(MEND_AVX2_KERNEL)
// 16 registers of 8 numbers: a tile of 6 x 16 takes 12 of them for the sums, 2 for B and 1 for A.
const ProductKernel* avx2_kernel() {
#if defined(__AVX2__) && defined(__FMA__)
  return &KernelFor<xsimd::batch<float, xsimd::fma3<xsimd::avx2>>, 6>::kernel;
#else
  return nullptr;
#endif
}
#endif

}  // namespace mend
