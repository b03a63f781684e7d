#include "kernels.hpp"
#include "mend/tensor/gemm.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// The products of the restorer's first layer, and a large one, by all kernels that there are.
bool add_gemm(const std::string& use, const std::string& name, mend::Flip flip_a, mend::Flip flip_b,
              std::size_t m, std::size_t n, std::size_t k) {
  const Work work = product(static_cast<double>(m), static_cast<double>(k), static_cast<double>(n));
  return add("tensor/gemm/" + use + "/" + name, work, [=] {
    return [=, guard = std::make_shared<UseKernels>(use), a = uniform({m, k}), b = uniform({k, n}),
            c = Tensor({m, n})]() mutable {
      mend::gemm(flip_a, flip_b, m, n, k, a.data(), b.data(), false, c.data());
    };
  });
}

const bool all = [] {
  using enum mend::Flip;
  for (const std::string& use : kernels()) {
    if (use == "default") continue;
    add_gemm(use, "forward/784x256", none, none, batch, 256, 784);
    add_gemm(use, "to_input/784x256", none, transpose, batch, 784, 256);
    add_gemm(use, "to_weight/784x256", transpose, none, 784, 256, batch);
    add_gemm(use, "square/1024", none, none, 1024, 1024, 1024);
  }
  return true;
}();

}  // namespace
