#include <bit>
#include <cstdint>

#include "bound.hpp"
#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/ops.hpp"

using namespace bench;

// Forty steps of the restorer with numbers below 1.2e-38 kept, and taken as zero. Such numbers come with time: where a
// gradient has become 0, Adam's mean of it shrinks by a tenth in each step, and is denormal after eight hundred. So both
// follow a thousand steps, with batches that are small to have it over soon.
namespace {

// As a program finds it, before main() says anything.
const mend::FloatingPointMode at_start = mend::FloatingPointMode::current();

constexpr std::size_t rows = 32, steps_before = 1000, steps = 40;

// mend::fit without what it does about denormals, and without masks.
class Training {
 public:
  explicit Training(bool flush)
      : flush_(flush), init_(1), net_(mend::masked_restorer(init_)), adam_(net_.parameters()) {
    go_on(steps_before);
  }
  void go_on(std::size_t count) {
    const auto usual = mend::FloatingPointMode::current();  // main() flushes
    if (!flush_) at_start.apply();
    for (std::size_t i = 0; i < count; ++i) step();
    usual.apply();
  }
  // How many of Adam's numbers are; by their bits, for a processor that flushes takes them as zero here, too.
  double denormals() {
    double count = 0;
    for (const auto& [name, tensor] : adam_.state())
      for (const float v : *tensor) {
        const auto bits = std::bit_cast<std::uint32_t>(v);
        count += (bits & 0x7f800000) == 0 && (bits & 0x007fffff) != 0;
      }
    return count;
  }

 private:
  void step() {
    const Tensor x = mend::slice_rows(images(), first_, rows);
    first_ = first_ + 2 * rows > image_count ? 0 : first_ + rows;
    const mend::Loss<float> loss = mend::mse(net_.forward(x), x);
    adam_.zero_grad();
    net_.backward_to_parameters(loss.gradient);
    adam_.step();
  }

  bool flush_;
  std::size_t first_ = 0;
  mend::Random init_;
  mend::Sequential<float> net_;
  mend::Adam<float> adam_;
};

template <bool flush>
bool add_step(const std::string& name) {
  benchmark::RegisterBenchmark(("steps/denormals/" + name).c_str(), [](benchmark::State& state) {
    static Training training(flush);
    for (auto _ : state) training.go_on(steps);
    state.counters["denormals"] = training.denormals();
    report(state, steps * step_work(rows, {784, 256, 256, 128, 784}));
  })->UseRealTime();
  return true;
}

const bool before = add_step<false>("before");
const bool after = add_step<true>("after");

}  // namespace
