#pragma once

#include <string>
#include <vector>

#include "mend/tensor/gemm.hpp"

// Whose product kernels a benchmark uses.
namespace bench {

/// "default", what the library chooses here, then those that this processor can run: "openblas", "avx2", "avx512".
inline std::vector<std::string> kernels() {
  std::vector<std::string> names = {"default"};
  for (const mend::Kernels k : {mend::Kernels::openblas, mend::Kernels::avx2, mend::Kernels::avx512})
    if (mend::can_run(k)) names.push_back(mend::to_string(k));
  return names;
}

/// Lets products use these kernels for as long as it lives; "default" changes nothing.
class UseKernels {
 public:
  explicit UseKernels(const std::string& name) : before_(mend::kernels()) {
    for (const mend::Kernels k : {mend::Kernels::openblas, mend::Kernels::avx2, mend::Kernels::avx512})
      if (mend::to_string(k) == name) mend::set_kernels(k);
  }
  ~UseKernels() { mend::set_kernels(before_); }
  UseKernels(const UseKernels&) = delete;
  UseKernels& operator=(const UseKernels&) = delete;

 private:
  mend::Kernels before_;
};

}  // namespace bench
