#include "bound.hpp"
#include "kernels.hpp"
#include "mend/models/assignment.hpp"

using namespace bench;

namespace {

const std::vector<std::size_t> widths{784, 256, 256, 128, 784};

// Damaged images through the restorer in one call: all test images of the assignment, and a single one.
bool add_restore(std::size_t rows, std::size_t threads, const std::string& use) {
  const std::string name = "models/restore/" + std::to_string(rows) +
                           (use == "default" ? "" : "/kernels:" + use) +
                           "/threads:" + std::to_string(threads);
  return add_bounded(name, forward_work(rows, widths), [=] {
    mend::Random init(1);
    auto net = std::make_shared<mend::Sequential<float>>(mend::masked_restorer(init));
    auto products = std::make_shared<Products>(rows, widths);
    auto threads_in_use = std::make_shared<Threads>(threads);
    auto kernels_in_use = std::make_shared<UseKernels>(use);
    return std::pair(
        [=, x = uniform({rows, pixels}, 0, 1)] {
          (void)threads_in_use, (void)kernels_in_use;
          benchmark::DoNotOptimize(net->predict(x));
        },
        [=] { products->forward(); });
  });
}

const bool all = [] {
  for (const std::size_t threads : {1u, 2u})
    for (const std::string& use : kernels()) {
      add_restore(1920, threads, use);
      if (threads == 1) add_restore(1, threads, use);
    }
  return true;
}();

}  // namespace
