#include <gtest/gtest.h>

#include "counted_memory.hpp"
#include "mend/losses/hole_losses.hpp"
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/gemm.hpp"
#include "mend/tensor/memory.hpp"
#include "training/small_training.hpp"

using namespace mend;
using test::quiet, test::random_rows, test::small_net, test::ThreadsGuard;

// A step after the first takes nothing from the system: neither the tensors nor the words of an error that did not
// happen, nor the BLAS, nor the threads.
TEST(FitMemory, AllocatesNothingInAStepAfterTheFirst) {
  if (!test::counts_memory()) GTEST_SKIP() << "memory cannot be counted here";
  const ThreadsGuard guard;
  const Kernels kernels_before = kernels();
  recycle_memory(true);
  const Tensor<float> rows = random_rows(640, 784);
  for (const Kernels k : {Kernels::openblas, Kernels::avx2, Kernels::avx512})
    for (const std::size_t count : {1u, 2u}) {
      if (!can_run(k)) continue;
      set_kernels(k);
      set_threads(count);
      Random init(1, "init"), shuffle(1, "shuffle"), masks(1, "masks");
      Sequential<float> net = masked_restorer(init);
      Adam<float> adam(net.parameters());
      FitOptions options = quiet(1, 128);
      options.clip_norm = 1e3;
      std::vector<std::size_t> at_step;
      at_step.reserve(100);
      options.make_batch = [&](Tensor<float> clean) {
        at_step.push_back(test::allocations());
        const Mask mask = draw_assignment_masks(clean.dim(0), masks);
        Tensor<float> damaged = damage(clean, mask);
        return Batch{std::move(damaged), std::move(clean), mask.hole()};
      };
      options.loss = [](const Tensor<float>& y, const Batch& batch) {
        return hole_mse(y, batch.target, batch.hole);
      };
      fit(net, adam, rows, shuffle, options);
      ASSERT_EQ(at_step.size(), 5u);
      EXPECT_EQ(at_step[4] - at_step[1], 0u) << to_string(k) << ", threads " << count;
    }
  set_kernels(kernels_before);
}

// That the count would notice.
TEST(FitMemory, AllocatesInEveryStepWithoutRecycling) {
  if (!test::counts_memory()) GTEST_SKIP() << "memory cannot be counted here";
  recycle_memory(false);
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(1);
  std::vector<std::size_t> at_step;
  options.make_batch = [&](Tensor<float> rows) {
    at_step.push_back(test::allocations());
    return same_batch(std::move(rows));
  };
  fit(net, adam, random_rows(20, 6), shuffle, options);
  recycle_memory(true);
  EXPECT_GT(at_step[4] - at_step[3], 5u);
}
