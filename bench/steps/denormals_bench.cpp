#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/ops.hpp"
#include "support.hpp"

using namespace bench;

// An epoch of the restorer with numbers below 1.2e-38 kept, and taken as zero. Such numbers come with time: a pixel that
// is black in every image leaves a gradient that shrinks, and Adam keeps its square. So both follow several epochs.
namespace {

// As a program finds it, before main() says anything.
const mend::FloatingPointMode at_start = mend::FloatingPointMode::current();

constexpr std::size_t epochs_before = 8, rows = 40 * batch;

// mend::fit without what it does about denormals, and without masks.
class Training {
 public:
  Training() : init_(1), net_(mend::masked_restorer(init_)), adam_(net_.parameters()) {}
  void epoch() {
    for (std::size_t first = 0; first < rows; first += batch) {
      const Tensor x = mend::slice_rows(images(), first, batch);
      const mend::Loss<float> loss = mend::mse(net_.forward(x), x);
      adam_.zero_grad();
      net_.backward_to_parameters(loss.gradient);
      adam_.step();
    }
  }

 private:
  mend::Random init_;
  mend::Sequential<float> net_;
  mend::Adam<float> adam_;
};

bool add_step(const std::string& name, bool flush) {
  return add("steps/denormals/" + name, {}, [flush] {
    const auto usual = mend::FloatingPointMode::current();  // main() flushes
    auto training = std::make_shared<Training>();
    const auto epoch = [usual, flush, training] {
      if (!flush) at_start.apply();
      training->epoch();
      usual.apply();
    };
    for (std::size_t i = 0; i < epochs_before; ++i) epoch();
    return epoch;
  });
}

const bool before = add_step("before", false);
const bool after = add_step("after", true);

}  // namespace
