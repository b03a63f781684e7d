#pragma once

#include <cstddef>
#include <string>

namespace mend {

/// What computes the products of float matrices. Those of double and complex numbers are always OpenBLAS's.
enum class Kernels {
  openblas,  ///< OpenBLAS.
  avx2,      ///< Our own for processors with AVX2 and FMA.
  avx512,    ///< Our own for processors with AVX-512.
};

/// "openblas", "avx2" or "avx512".
std::string to_string(Kernels kernels);
/// Whether this processor, and this build, have what the kernels need.
bool can_run(Kernels kernels);
/// Those in use. At first what $MEND_KERNELS says, else avx512 where the processor can (measured to be faster there:
/// docs/speed.md), else openblas.
/// \throws Error when $MEND_KERNELS names none or some that cannot run here
Kernels kernels();
/// Makes them those in use. Not to be called while a product runs.
/// \throws Error when they cannot run here
void set_kernels(Kernels kernels);

/// Whether a factor of a product is taken as it is stored or transposed.
enum class Flip { none, transpose };

/// \f$ C = A B \f$, or \f$ C \mathrel{+}= A B \f$: what all products of ops.hpp call.
///
/// Our own kernels sum each element of C in an order that depends on k alone: its bits do not depend on the threads, on
/// the other rows, or on how the work is cut. With OpenBLAS the cut depends on the shapes alone, not on the threads.
/// Tutorial 06 builds the kernels step by step (Goto and van de Geijn 2008; Van Zee and van de Geijn 2015).
/// \param flip_a  transpose: `a` holds (k, m)  \param flip_b  transpose: `b` holds (n, k)
/// \param m  rows of C  \param n  columns of C  \param k  what is summed over
/// \param a  (m, k), row-major  \param b  (k, n), row-major  \param add  add to C instead of overwriting it
/// \param c  (m, n), row-major; overlaps neither a nor b
template <class T>
void gemm(Flip flip_a, Flip flip_b, std::size_t m, std::size_t n, std::size_t k, const T* a, const T* b,
          bool add, T* c);

}  // namespace mend
