#include "kernels.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

// A product of the restorer's first layer, by the kernels that there are.
namespace {

const bool all = [] {
  for (const std::string& name : kernels())
    if (name != "default")
      add("steps/kernels/" + name, product(batch, 784, 256), [name] {
        return [use = std::make_shared<UseKernels>(name), x = uniform({batch, 784}),
                w = uniform({784, 256})] { return mend::matmul(x, w); };
      });
  return true;
}();

}  // namespace
