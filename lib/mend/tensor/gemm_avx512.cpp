// Compiled with -march=x86-64-v4 where the compiler knows it: 32 registers of 16 numbers. A tile of 12 x 32 takes 24 of
// them for the sums, 2 for B and 1 for A.
#include "mend/tensor/gemm_kernel.hpp"

namespace mend {

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__)
const ProductKernel* avx512_kernel() { return &KernelFor<xsimd::batch<float, xsimd::avx512bw>, 12>::kernel; }
#else
const ProductKernel* avx512_kernel() { return nullptr; }
#endif

}  // namespace mend
