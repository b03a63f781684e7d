// A small training of Task 3, always the same to the last bit, so that its instructions can be counted: they tell what
// a change costs, without the noise that time has.
#include <cstdint>
#include <iostream>

#include "mend/data/stroke_digits.hpp"
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/fit.hpp"

int main() {
  mend::set_threads(1);
  constexpr std::size_t steps = 2, batch = 128;
  const mend::Tensor<std::uint8_t> pixels = mend::stroke_digits(steps * batch, 1, 1).train.pixels;
  mend::Random init(1, "init"), shuffle(1, "shuffle"), masks(1, "masks");
  mend::Sequential<float> net = mend::masked_restorer(init);
  mend::Adam<float> adam(net.parameters(), 1e-3);
  mend::FitOptions options;
  options.epochs = 2;
  options.batch_size = batch;
  options.quiet = true;
  options.make_batch =
      mend::masked_batches([&](std::size_t images) { return mend::draw_assignment_masks(images, masks); });
  const mend::History history = mend::fit(net, adam, pixels, shuffle, options);
  std::cout << "loss " << history.front().loss << " to " << history.back().loss << "\n";
  return history.back().loss < history.front().loss ? 0 : 1;
}
