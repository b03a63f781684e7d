#include "mend/tensor/blas.hpp"

#include <cstdlib>

extern "C" {
void openblas_set_num_threads(int);
char* openblas_get_corename();
// Only an OpenBLAS that chooses its kernels at run time has these two.
[[gnu::weak]] void gotoblas_dynamic_init();
[[gnu::weak]] void gotoblas_dynamic_quit();
}

namespace mend {

std::string best_blas_kernels() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return "";
}

void prepare_blas() {
  static const bool once = [] {
    const bool mistaken = std::string(openblas_get_corename()) == "Prescott" && !best_blas_kernels().empty();
    if (mistaken && !std::getenv("OPENBLAS_CORETYPE") && gotoblas_dynamic_init && gotoblas_dynamic_quit) {
      setenv("OPENBLAS_CORETYPE", best_blas_kernels().c_str(), 1);
      gotoblas_dynamic_quit();  // forgets the choice; init makes it anew
      gotoblas_dynamic_init();
      unsetenv("OPENBLAS_CORETYPE");
    }
    openblas_set_num_threads(1);
    return true;
  }();
  (void)once;
}

std::string blas_kernels() {
  prepare_blas();
  return openblas_get_corename();
}

}  // namespace mend
