#pragma once

#include <string>

namespace mend {

/// Makes the BLAS ready for the products of this library; does something the first time only.
///
/// One thread per call: the library splits products itself. And the kernels of this processor: OpenBLAS up to 0.3.21
/// takes processors that are newer than itself for a Prescott of 2004 and computes five times slower than it could;
/// where the processor has AVX2 or AVX-512, it is told so. $OPENBLAS_CORETYPE, when set, is left alone.
void prepare_blas();

/// The name of the kernels in use, "SkylakeX" or "Haswell"; prepares the BLAS.
std::string blas_kernels();

/// What OpenBLAS calls the newest kernels that this processor can run, or "" when that is none with AVX2.
std::string best_blas_kernels();

}  // namespace mend
