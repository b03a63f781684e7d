#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

// A product with a transpose, as a formula says it and as BLAS can do it: it takes a flag, and reads the other way round.
namespace {

bool add_step(std::size_t k, std::size_t d) {
  const std::string shape = std::string("/") + std::to_string(k) + "x" + std::to_string(d);
  const Work nt = product(batch, static_cast<double>(k), static_cast<double>(d));
  add("steps/transpose/before" + shape, nt, [k, d] {  // dx = dy W^T
    return [dy = uniform({batch, d}), w = uniform({k, d})] { return mend::matmul(dy, mend::transpose(w)); };
  });
  return add("steps/transpose/after" + shape, nt, [k, d] {
    return [dy = uniform({batch, d}), w = uniform({k, d})] { return mend::matmul_nt(dy, w); };
  });
}

const bool all[] = {add_step(784, 256), add_step(128, 784)};

}  // namespace
