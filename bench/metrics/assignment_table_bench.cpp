#include "mend/metrics/assignment_table.hpp"
#include "mend/models/assignment.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

namespace {

// The 22 rows of the assignment for as many images as it has to test with, restored by its network.
const bool rows = add_threaded("metrics/measure_table/1920", {}, [] {
  mend::Random init(1);
  auto net = std::make_shared<mend::Sequential<float>>(mend::masked_restorer(init));
  const auto restore = [net](const Tensor& damaged, const mend::Mask&) { return net->predict(damaged); };
  return [restore, x = mend::slice_rows(images(), 0, 1920)] {
    return mend::measure_table(restore, x, 1).size();
  };
});

}  // namespace
