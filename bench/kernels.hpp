#pragma once

#include <memory>
#include <string>
#include <vector>

// Whose product kernels a benchmark uses.
namespace bench {

/// "default", what the library chooses here, then those that this processor can run: "openblas", "avx2", "avx512".
std::vector<std::string> kernels();

/// Lets products use these kernels for as long as it lives; "default" changes nothing.
class UseKernels {
 public:
  explicit UseKernels(const std::string& name);
  ~UseKernels();
  UseKernels(const UseKernels&) = delete;
  UseKernels& operator=(const UseKernels&) = delete;

 private:
  int before_;
};

}  // namespace bench
