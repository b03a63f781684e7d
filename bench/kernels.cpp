#include "kernels.hpp"

#if __has_include("mend/tensor/gemm.hpp")
#include "mend/tensor/gemm.hpp"

namespace bench {

std::vector<std::string> kernels() {
  std::vector<std::string> names = {"default"};
  for (const mend::Kernels k : {mend::Kernels::openblas, mend::Kernels::avx2, mend::Kernels::avx512})
    if (mend::can_run(k)) names.push_back(mend::to_string(k));
  return names;
}

UseKernels::UseKernels(const std::string& name) : before_(static_cast<int>(mend::kernels())) {
  for (const mend::Kernels k : {mend::Kernels::openblas, mend::Kernels::avx2, mend::Kernels::avx512})
    if (mend::to_string(k) == name) mend::set_kernels(k);
}
UseKernels::~UseKernels() { mend::set_kernels(static_cast<mend::Kernels>(before_)); }

}  // namespace bench

#else  // a library whose products are OpenBLAS's alone

namespace bench {

std::vector<std::string> kernels() { return {"default", "openblas"}; }
UseKernels::UseKernels(const std::string&) : before_(0) {}
UseKernels::~UseKernels() = default;

}  // namespace bench

#endif
