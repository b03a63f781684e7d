// Compiled with -march=x86-64-v3 where the compiler knows it: 16 registers of 8 numbers. A tile of 6 x 16 takes 12 of
// them for the sums, 2 for B and 1 for A.
#include "mend/tensor/gemm_kernel.hpp"

namespace mend {

#if defined(__AVX2__) && defined(__FMA__)
const ProductKernel* avx2_kernel() {
  return &KernelFor<xsimd::batch<float, xsimd::fma3<xsimd::avx2>>, 6>::kernel;
}
#else
const ProductKernel* avx2_kernel() { return nullptr; }
#endif

}  // namespace mend
