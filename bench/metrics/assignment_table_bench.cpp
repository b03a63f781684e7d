#include "bound.hpp"
#include "mend/metrics/assignment_table.hpp"
#include "mend/models/assignment.hpp"
#include "mend/tensor/ops.hpp"

using namespace bench;

namespace {

// The 22 rows of the assignment for as many images as it has to test with, restored by its network, beside the
// products of these restorations.
bool add_table(std::size_t threads) {
  static const std::vector<std::size_t> widths{784, 256, 256, 128, 784};
  constexpr std::size_t rows = 1920;
  const std::size_t times = mend::assignment_rows().size();
  return add_bounded("metrics/measure_table/1920/threads:" + std::to_string(threads),
                     static_cast<double>(times) * forward_work(rows, widths), [=] {
                       mend::Random init(1);
                       auto net = std::make_shared<mend::Sequential<float>>(mend::masked_restorer(init));
                       auto products = std::make_shared<Products>(rows, widths);
                       const auto restore = [net](const Tensor& damaged, const mend::Mask&) {
                         return net->predict(damaged);
                       };
                       return std::pair(
                           [=, x = mend::slice_rows(images(), 0, rows)] {
                             const Threads guard(threads);
                             benchmark::DoNotOptimize(mend::measure_table(restore, x, 1).size());
                           },
                           [=] {
                             for (std::size_t i = 0; i < times; ++i) products->forward();
                           });
                     });
}

const bool all[] = {add_table(1), add_table(2)};

}  // namespace
