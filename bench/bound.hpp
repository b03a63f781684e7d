#pragma once

#include <cstddef>
#include <vector>

#include "products.hpp"
#include "support.hpp"

// The bound: what a job would cost if it were nothing but its products. Two clocks in one process, one call of the
// job and one of its products in turn, so that whatever slows the machine down slows both.
namespace bench {

/// The work of a chain of dense layers: product, bias and activation.
Work forward_work(std::size_t rows, const std::vector<std::size_t>& widths);
/// The work of their backward pass, down to the first layer's weights.
Work backward_work(std::size_t rows, const std::vector<std::size_t>& widths);
/// The work of a training step: both passes, the squared error, the gradients set to zero and Adam.
Work step_work(std::size_t rows, const std::vector<std::size_t>& widths);

/// Times job() and bound() in turn. Beside the job's time there is then the counter `x_sgemm`: the median of how many
/// times as long the job took as its products.
template <class Job, class Bound>
void run_beside(benchmark::State& state, Work work, Job job, Bound bound);

/// Registers a benchmark whose job is timed beside its bound. \param make  returns the pair of both
template <class Make>
bool add_bounded(const std::string& name, Work work, Make make);

// ---- how ---------------------------------------------------------------------------------------------

/// Seconds that f() takes.
double seconds(const std::function<void()>& f);
/// The middle one.
double median(std::vector<double> values);

template <class Job, class Bound>
void run_beside(benchmark::State& state, Work work, Job job, Bound bound) {
  std::vector<double> ratios;
  for (auto _ : state) {
    const double time = seconds(job);
    state.SetIterationTime(time);
    ratios.push_back(time / seconds(bound));
  }
  if (ratios.empty()) return;
  state.counters["x_sgemm"] = median(std::move(ratios));
  report(state, work);
}

template <class Make>
bool add_bounded(const std::string& name, Work work, Make make) {
  benchmark::RegisterBenchmark(name.c_str(), [work, make](benchmark::State& state) {
    auto [job, bound] = make();
    job();  // both once, so that neither is the one who meets cold memory
    bound();
    run_beside(
        state, work, [&] { job(); }, [&] { bound(); });
  })->UseManualTime();
  return true;
}

}  // namespace bench
