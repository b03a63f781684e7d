#include <benchmark/benchmark.h>

#include <fstream>
#include <string>

#include "mend/tensor/blas.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/gemm.hpp"
#include "mend/tensor/parallel.hpp"

namespace {

// "AMD EPYC 9B45" where the system tells.
std::string processor() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

}  // namespace

// The flags are Google Benchmark's: --benchmark_filter=layers/dense, --benchmark_min_time=0.01, --help.
int main(int argc, char** argv) {
  mend::set_threads(1);              // what wants more says so
  const mend::FlushDenormals flush;  // as in a training; steps/denormals is about what happens else
  benchmark::AddCustomContext("processor", processor());
  benchmark::AddCustomContext("blas", "OpenBLAS");
  benchmark::AddCustomContext("blas_kernels", mend::blas_kernels());
  benchmark::AddCustomContext("own_kernels", mend::to_string(mend::kernels()));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
