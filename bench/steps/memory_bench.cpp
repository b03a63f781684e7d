#include "mend/tensor/memory.hpp"
#include "training/job.hpp"

using namespace bench;

// Ten training steps with memory from the system for every tensor, and with memory that earlier tensors gave back.
namespace {

bool add_step(const std::string& name, bool recycle) {
  benchmark::RegisterBenchmark(("steps/memory/" + name).c_str(), [recycle](benchmark::State& state) {
    mend::recycle_memory(recycle);
    Training training(3, 10 * batch);
    training.epoch();  // the first one has nothing to recycle
    const std::size_t before = mend::fresh_blocks();
    for (auto _ : state) training.epoch();
    state.counters["fresh_blocks"] =
        static_cast<double>(mend::fresh_blocks() - before) / (10.0 * static_cast<double>(state.iterations()));
    mend::recycle_memory(true);
    report(state, 10 * step_work(batch, Training::widths(3)));
  })->UseRealTime();
  return true;
}

const bool before = add_step("before", false);
const bool after = add_step("after", true);

}  // namespace
