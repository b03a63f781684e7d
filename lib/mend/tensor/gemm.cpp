#include "mend/tensor/gemm.hpp"

#include <algorithm>
#include <complex>
#include <cstdlib>
#include <functional>
#include <optional>
#include <type_traits>
#include <xtensor-blas/xblas.hpp>

#include "mend/tensor/blas.hpp"
#include "mend/tensor/error.hpp"
#include "mend/tensor/gemm_kernel.hpp"
#include "mend/tensor/memory.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

// --- which kernels ---------------------------------------------------------------------------------------------------

const ProductKernel* kernel_of(Kernels kernels) {
  if (kernels == Kernels::openblas) return nullptr;
  return kernels == Kernels::avx2 ? avx2_kernel() : avx512_kernel();
}

Kernels first_choice() {
  const char* wish = std::getenv("MEND_KERNELS");
  if (!wish) return can_run(Kernels::avx512) ? Kernels::avx512 : Kernels::openblas;
  for (const Kernels kernels : {Kernels::openblas, Kernels::avx2, Kernels::avx512}) {
    if (wish != to_string(kernels)) continue;
    if (can_run(kernels)) return kernels;
    throw Error("MEND_KERNELS: " + to_string(kernels) + " cannot run on this processor; unset it");
  }
  throw Error("MEND_KERNELS: expected openblas, avx2 or avx512, found " + std::string(wish));
}

Kernels& in_use() {
  static Kernels the_kernels = first_choice();
  return the_kernels;
}

// --- the products ----------------------------------------------------------------------------------------------------

// C (m, n) = A B or C += A B.
template <class T>
struct Product {
  Flip flip_a, flip_b;
  std::size_t m, n, k;
  const T *a, *b;
  bool add;
  T* c;

  std::size_t a_stride() const { return flip_a == Flip::none ? k : m; }
  std::size_t b_stride() const { return flip_b == Flip::none ? n : k; }
  const T* a_at(std::size_t i, std::size_t l) const {
    return a + (flip_a == Flip::none ? i * k + l : l * m + i);
  }
  const T* b_at(std::size_t l, std::size_t j) const {
    return b + (flip_b == Flip::none ? l * n + j : j * k + l);
  }
  bool is_small() const { return m * n * k < 1'000'000; }  // not worth waking another thread
};

template <class T>
void blas_product(const Product<T>& p) {
  const auto blas = [](Flip flip) { return flip == Flip::none ? cxxblas::NoTrans : cxxblas::Trans; };
  // How C is cut depends on the shape alone, never on the number of threads that share the blocks: the result has the
  // same bits for any number of them, whatever a BLAS does at the edges of a block. Across its longer side, since for
  // each block the BLAS packs the whole other factor anew; therefore also into few.
  const std::size_t longer = std::max(p.m, p.n);
  std::size_t blocks = 1;
  while (!p.is_small() && longer / (2 * blocks) >= (blocks < 4 ? 64u : 256u)) blocks *= 2;
  const auto multiply = [&](std::size_t i) {
    const std::size_t first = longer * i / blocks, count = longer * (i + 1) / blocks - first;
    const bool rows = p.m >= p.n;
    cxxblas::gemm<int>(
        cxxblas::RowMajor, blas(p.flip_a), blas(p.flip_b), static_cast<int>(rows ? count : p.m),
        static_cast<int>(rows ? p.n : count), static_cast<int>(p.k), T(1), p.a_at(rows ? first : 0, 0),
        static_cast<int>(p.a_stride()), p.b_at(0, rows ? 0 : first), static_cast<int>(p.b_stride()),
        p.add ? T(1) : T(0), p.c + (rows ? first * p.n : first), static_cast<int>(p.n));
  };
  parallel_for(blocks, std::ref(multiply));  // by reference: nothing is allocated
}

std::size_t ceil_divide(std::size_t a, std::size_t b) { return (a + b - 1) / b; }

// Rows that are a large power of two apart share a few sets of the first-level cache and drive each other out.
bool falls_into_same_sets(std::size_t stride) { return stride % 512 == 0; }

// Room for the packed strips of so many rows, and for a panel.
std::size_t packed_size(const ProductKernel& kernel, std::size_t rows) {
  return ceil_divide(rows, kernel.rows) * kernel.rows * strip_stride + most_depth * kernel.columns;
}

// Rows [i0, i1) and columns [j0, j1) of C. From the outside in: a block of the sums, so long that a panel of B fits the
// first-level cache; the strips of A, all of which fit the second-level cache; a panel of B; a tile of C. What lies well
// is read where it lies: rows of A, and rows of B of whole registers. The rest is packed.
void multiply_block(const ProductKernel& kernel, const Product<float>& p, std::size_t i0, std::size_t i1,
                    std::size_t j0, std::size_t j1) {
  const std::size_t strips = ceil_divide(i1 - i0, kernel.rows), strip_size = kernel.rows * strip_stride;
  Storage<float> packed(packed_size(kernel, i1 - i0));
  float* const own_panel = packed.begin() + strips * strip_size;
  const bool flip_a = p.flip_a == Flip::transpose, flip_b = p.flip_b == Flip::transpose;
  const std::size_t depth_blocks = ceil_divide(p.k, most_depth);
  for (std::size_t block = 0; block < depth_blocks; ++block) {
    const std::size_t k0 = p.k * block / depth_blocks, depth = p.k * (block + 1) / depth_blocks - k0;
    const auto rows_of = [&](std::size_t strip) {
      return std::min(kernel.rows, i1 - i0 - strip * kernel.rows);
    };
    const float* strip = p.a_at(i0, k0);
    std::size_t a_stride = p.a_stride(), next_strip = kernel.rows * a_stride;
    if (flip_a || falls_into_same_sets(a_stride)) {
      for (std::size_t s = 0; s < strips; ++s)
        kernel.pack_strip(flip_a, rows_of(s), depth, p.a_at(i0 + s * kernel.rows, k0), p.a_stride(),
                          packed.begin() + s * strip_size);
      strip = packed.begin();
      a_stride = strip_stride;
      next_strip = strip_size;
    }
    for (std::size_t j = j0; j < j1; j += kernel.columns) {
      const std::size_t width = std::min(kernel.columns, j1 - j);
      const float* panel = p.b_at(k0, j);
      std::size_t panel_stride = p.b_stride();
      if (flip_b || width % (kernel.columns / 2) != 0 || falls_into_same_sets(panel_stride)) {
        kernel.pack_panel(flip_b, width, depth, panel, panel_stride, own_panel);
        panel = own_panel;
        panel_stride = kernel.columns;
      }
      for (std::size_t s = 0; s < strips; ++s)
        kernel.multiply(flip_a, rows_of(s), width, depth, strip + s * next_strip, a_stride, panel,
                        panel_stride, p.add || block > 0, p.c + (i0 + s * kernel.rows) * p.n + j, p.n);
    }
  }
}

// Cuts C into blocks of whole tiles for the threads. No sum is cut: the bits are the same however many there are. Blocks
// of columns have panels of their own, which divide a layer evenly; but each needs all strips of A, so where those have
// to be packed, blocks of rows come cheaper.
void own_product(const ProductKernel& kernel, const Product<float>& p) {
  constexpr std::size_t most_rows = 480;
  const std::size_t strips = ceil_divide(p.m, kernel.rows), panels = ceil_divide(p.n, kernel.columns);
  const std::size_t pieces = p.is_small() ? 1 : threads();
  std::size_t rows, columns;
  if (p.flip_a == Flip::transpose) {
    rows = std::min(pieces, strips);
    columns = std::min(ceil_divide(pieces, rows), panels);
  } else {
    columns = std::min(pieces, panels);
    rows = std::min(ceil_divide(pieces, columns), strips);
  }
  rows = std::max(rows, ceil_divide(p.m, most_rows));
  if (rows * columns > 1)
    reserve_blocks(packed_size(kernel, ceil_divide(strips, rows) * kernel.rows) * sizeof(float), threads());
  const auto multiply = [&](std::size_t i) {
    const std::size_t row = i / columns, column = i % columns;
    multiply_block(kernel, p, strips * row / rows * kernel.rows,
                   std::min(p.m, strips * (row + 1) / rows * kernel.rows),
                   panels * column / columns * kernel.columns,
                   std::min(p.n, panels * (column + 1) / columns * kernel.columns));
  };
  parallel_for(rows * columns, std::ref(multiply));
}

}  // namespace

std::string to_string(Kernels kernels) {
  if (kernels == Kernels::openblas) return "openblas";
  return kernels == Kernels::avx2 ? "avx2" : "avx512";
}

bool can_run(Kernels kernels) {
  if (kernels == Kernels::openblas) return true;
  if (!kernel_of(kernels)) return false;
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (kernels == Kernels::avx2) return avx2;
  return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

Kernels kernels() { return in_use(); }

void set_kernels(Kernels kernels) {
  if (!can_run(kernels))
    throw Error("set_kernels: " + to_string(kernels) + " cannot run on this processor; openblas always can");
  in_use() = kernels;
}

template <class T>
void gemm(Flip flip_a, Flip flip_b, std::size_t m, std::size_t n, std::size_t k, const T* a, const T* b,
          bool add, T* c) {
  prepare_blas();
  if (m == 0 || n == 0) return;
  if (k == 0) {  // BLAS refuses a leading dimension of 0; an empty sum is 0
    if (!add) std::fill_n(c, m * n, T(0));
    return;
  }
  const Product<T> product{flip_a, flip_b, m, n, k, a, b, add, c};
  if constexpr (std::is_same_v<T, float>) {
    const ProductKernel* own = kernel_of(in_use());
    // Few columns would leave most of a register empty; a panel that is packed should serve more than one strip.
    if (own && n >= own->columns / 2 && (flip_b == Flip::none || m > own->rows))
      return own_product(*own, product);
  }
  blas_product(product);
}

#define MEND_INSTANTIATE_GEMM(T) \
  template void gemm(Flip, Flip, std::size_t, std::size_t, std::size_t, const T*, const T*, bool, T*);

MEND_INSTANTIATE_GEMM(float)
MEND_INSTANTIATE_GEMM(double)
MEND_INSTANTIATE_GEMM(std::complex<double>)

}  // namespace mend
