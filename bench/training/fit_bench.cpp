#include "mend/training/fit.hpp"
#include "training/job.hpp"

using namespace bench;

namespace {

// Ten steps and whole epochs of both networks as mend::fit takes them: shuffle, gather, damage, forward, loss,
// backward, Adam. An epoch sees as many images as MNIST has fives and sevens.
bool add_all() {
  for (const int task : {2, 3})
    for (const std::size_t threads : {1u, 2u})
      for (const std::string& name : kernels()) {
        const std::string which =
            "/task" + std::to_string(task) + (name == "default" ? "" : "/kernels:" + name);
        add_epochs("training/ten_steps" + which, task, 10 * batch, threads, name);
        add_epochs("training/epoch" + which, task, image_count, threads, name);
      }
  return true;
}
const bool all = add_all();

// The same bits for one thread and for two: a promise, so it is kept an eye on where threads are measured.
const bool same_bits = [] {
  benchmark::RegisterBenchmark("training/same_bits",
                               [](benchmark::State& state) {
                                 for (auto _ : state) {
                                   std::uint64_t hash[2];
                                   for (const std::size_t threads : {1u, 2u}) {
                                     const Threads guard(threads);
                                     Training training(3, 10 * batch + 38);
                                     training.epoch();
                                     hash[threads - 1] = training.hash();
                                   }
                                   state.counters["same_bits"] = hash[0] == hash[1];
                                 }
                               })
      ->UseRealTime()
      ->Iterations(1);
  return true;
}();

}  // namespace
