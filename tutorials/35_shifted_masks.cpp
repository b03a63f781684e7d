// # Shifted masks: what a network learns about holes
//
// You train a network on stripes that always lie in the same place, move them by half a period, and watch it
// do worse than somebody who answers every question with the same picture.
//
// ## What you will see
//
// - a figure: the same digit behind the same fence, moved by four pixels, restored by three networks;
// - the error of each network at every position of the fence;
// - the weights that explain it.
//
// It trains three networks for 30 epochs, which takes about 15 seconds.
//
// **Needs:** @ref tutorial_31_restorer for the network, @ref tutorial_33_baselines for the mean fill.
//
// ## Shapes
//
// | symbol   | meaning                                          | shape      |
// |----------|--------------------------------------------------|------------|
// | `x`      | training images of the two classes               | (N, 784)   |
// | `x'`     | their test images                                | (N', 784)  |
// | `width`  | of a stripe in pixels                            | a number   |
// | `period` | from the beginning of one stripe to the next     | a number   |
// | phases   | columns in which the first stripe may begin      | a number   |
// | `W`      | weights of the first layer                       | (784, 256) |

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/baselines/mean_fill.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/layers/dense.hpp"
#include "mend/masks/families.hpp"
#include "mend/masks/periodic_stripes.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

using namespace mend;

constexpr std::size_t width = 4, period = 8;

// Trains the assignment's network on masks that `draw` makes for so many images.
template <class Draw>
Sequential<float> train(const Tensor<float>& x, std::size_t epochs, std::uint64_t seed, Draw draw) {
  Random init(seed, "init"), shuffle(seed, "shuffle");
  Sequential<float> net = masked_restorer(init);
  Adam<float> adam(net.parameters(), 1e-3);
  FitOptions options;
  options.epochs = epochs;
  options.make_batch = masked_batches(draw);
  fit(net, adam, x, shuffle, options);
  return net;
}

void shifted_masks(cli::Tutorial& tutorial) {
  const Dataset dataset = load_dataset(tutorial.data);
  Tensor<float> x = to_rows(keep_classes(dataset.train, {5, 7}));
  const Tensor<float> x_test = to_rows(keep_classes(dataset.test, {5, 7}));
  if (tutorial.quick && x.dim(0) > 2000) x = slice_rows(x, 0, 2000);
  const std::size_t epochs = tutorial.full_or_quick<std::size_t>(30, 15);
  tutorial.show_shape("x", "(N, 784)", x.shape());
  tutorial.show_shape("x'", "(N', 784)", x_test.shape());
  tutorial.show_number("width", width);
  tutorial.show_number("period", period);

  // ## A fence
  //
  // A fence of vertical stripes, 4 pixels wide, with gaps as wide: half of the image is hidden. Its *phase*
  // is the column in which the first stripe begins. With phase 0 the columns 0 to 3, 8 to 11, 16 to 19 and 24
  // to 27 are missing, with phase 4 the others, and no column is hidden by both.
  //
  // The first network meets the fence at phase 0 alone, in every image of every epoch. The second meets all
  // eight phases, one at random for each image. The third meets what the assignment draws: single stripes and
  // patches, never a fence.

  const Sequential<float> one_phase = train(x, epochs, tutorial.seed, [](std::size_t images) {
    return periodic_stripes(images, width, period, 0);
  });
  Random phases(tutorial.seed, "phases"), single(tutorial.seed, "masks");
  const Sequential<float> all_phases = train(x, epochs, tutorial.seed, [&](std::size_t images) {
    return periodic_stripes(images, width, period, phases);
  });
  const Sequential<float> no_fence = train(
      x, epochs, tutorial.seed, [&](std::size_t images) { return draw_assignment_masks(images, single); });

  // ## Where it learnt, it is good
  //
  // Each network answers at each phase. Beside them stand two answers that are computed, not trained: the
  // mean image and the Gaussian fill of @ref tutorial_33_baselines.

  const MeanFill mean_fill(x);
  const GaussianFill gaussian_fill(x);
  const std::vector<std::string> names = {"trained at phase 0", "trained at all phases", "never saw a fence",
                                          "mean fill", "Gaussian fill"};
  std::vector<Series> hole(names.size());
  std::cout << dataset.name << ", MSE in the hole\nphase  phase 0  all      never    mean     Gaussian\n";
  for (std::size_t phase = 0; phase < period; ++phase) {
    const Mask mask = periodic_stripes(x_test.dim(0), width, period, phase);
    const Tensor<float> damaged = damage(x_test, mask);
    const Tensor<float> answers[] = {one_phase.predict(damaged), all_phases.predict(damaged),
                                     no_fence.predict(damaged), mean_fill(damaged, mask),
                                     gaussian_fill(damaged, mask)};
    std::cout << phase << "     ";
    for (std::size_t i = 0; i < names.size(); ++i) {
      const double error = restoration_error(answers[i], x_test, mask, Penalty::squared).raw.hole;
      hole[i].name = names[i];
      hole[i].mark = Mark::line_points;
      hole[i].x.push_back(static_cast<double>(phase));
      hole[i].y.push_back(error);
      char cell[16];
      std::snprintf(cell, sizeof cell, "  %.4f ", error);
      std::cout << cell;
    }
    std::cout << "\n";
  }
  tutorial.show_number("phases", hole[0].x.size());
  const double here = hole[0].y[0], moved = hole[0].y[4], repaired = hole[1].y[4], mean = hole[3].y[4];
  tutorial.expect("at_its_own_phase_over_the_mean_fill", here / hole[3].y[0], 0, 0.7);
  tutorial.expect("moved_by_half_a_period_over_the_mean_fill", moved / mean, 1.05, 5);
  tutorial.expect("moved_over_its_own_phase", moved / here, 1.8, 20);
  tutorial.expect("all_phases_over_the_mean_fill", repaired / mean, 0, 0.8);
  tutorial.expect("all_phases_over_one_phase_where_that_was_trained", hole[1].y[0] / here, 0.7, 1.6);

  save_chart(
      tutorial.file("35_phases"),
      {Chart{"A fence, moved", "phase of the fence in pixels", "MSE over the missing pixels", hole, {}}},
      "Error inside the hole against the phase of the fence. The network that was trained at phase 0 is good "
      "there and at no other phase: moved by half a period it is worse than the mean fill. The network that "
      "was trained at all phases is as good everywhere.",
      dataset.name + ", stripes of 4 pixels every 8, seed " + std::to_string(tutorial.seed));

  // @figure{35_phases.svg} The first network has learnt to look through one fence. Four pixels further it is
  // worse than the mean image, which does not look at all.

  Tensor<float> shown({8, x.dim(1)}), damaged({8, x.dim(1)});
  std::vector<std::string> labels;
  for (std::size_t phase = 0; phase < period; ++phase) {
    const Tensor<float> one = slice_rows(x_test, phase / 4, 1);
    const Tensor<float> broken = damage(one, periodic_stripes(1, width, period, phase));
    std::copy(one.begin(), one.end(), shown.begin() + static_cast<std::ptrdiff_t>(phase * x.dim(1)));
    std::copy(broken.begin(), broken.end(), damaged.begin() + static_cast<std::ptrdiff_t>(phase * x.dim(1)));
    labels.push_back("phase " + std::to_string(phase));
  }
  save_image_grid(
      tutorial.file("35_fences"),
      {{"original", shown},
       {"behind the fence", damaged},
       {names[0], one_phase.predict(damaged)},
       {names[1], all_phases.predict(damaged)},
       {names[2], no_fence.predict(damaged)}},
      labels,
      "Two test images behind fences of eight phases, and what three networks see. The one that was trained "
      "at phase 0 restores phase 0 and falls apart as the fence moves; the one that was trained at all "
      "phases restores each of them.",
      dataset.name + ", seed " + std::to_string(tutorial.seed));

  // @figure{35_fences.svg} The same picture behind the same fence, moved pixel by pixel.
  //
  // ## Why: weights that never learnt
  //
  // The gradient of the first layer is \f$ dW = x^\top dy \f$ (@ref tutorial_03_dense_layer). A pixel that is
  // black in every example of the training has a row of zeros in it: its 256 weights keep the random values
  // that they began with. At phase 4 just these pixels are shown, and the noise of their weights goes
  // straight into the hidden units. Compare the weights after training with those before:

  Random init(tutorial.seed, "init");
  const Sequential<float> untrained = masked_restorer(init);
  const auto first_weights = [](const Sequential<float>& net) -> const Tensor<float>& {
    return dynamic_cast<const Dense<float>&>(net[0]).weight();
  };
  tutorial.show_shape("W", "(784, 256)", first_weights(one_phase).shape());
  const auto change = [&](const Sequential<float>& net, bool hidden) {
    const Tensor<float>& after = first_weights(net);
    const Tensor<float>& before = first_weights(untrained);
    double largest = 0;
    for (std::size_t pixel = 0; pixel < after.dim(0); ++pixel) {
      const bool behind = pixel % 28 % period < width;
      if (behind != hidden) continue;
      for (std::size_t unit = 0; unit < after.dim(1); ++unit)
        largest = std::max(largest, std::abs(static_cast<double>(after(pixel, unit)) - before(pixel, unit)));
    }
    return largest;
  };
  std::cout << "largest change of a weight of the first layer, trained at phase 0: "
            << change(one_phase, true) << " behind the fence, " << change(one_phase, false)
            << " beside it; trained at all phases: " << change(all_phases, true) << " and "
            << change(all_phases, false) << "\n";
  tutorial.expect("change_of_weights_behind_the_fence", change(one_phase, true), 0, 0);
  tutorial.expect("change_of_weights_beside_the_fence", change(one_phase, false), 0.05, 10);
  tutorial.expect("change_of_weights_with_all_phases", change(all_phases, true), 0.05, 10);

  // Not one of them moved. The network does not know what it has not met, and nothing in its loss says so: on
  // its own masks it is excellent. **Test on the masks that you will meet, and train on them all.** The cure
  // costs nothing: a random phase for each image.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/35_shifted_masks --data mnist
  // ```
  //
  // `--quick` learns from 2,000 images for 15 epochs.
  //
  // @output
  //
  // ## If it differs
  //
  // - **The first network is good at every phase**: its training drew a random phase for each image. It is a
  //   second copy of the second network.
  // - **Weights behind the fence changed**: the optimizer has weight decay, which shrinks weights without a
  //   gradient; or the holes are grey instead of black, so that the pixels in them are no longer 0.
  // - **The second network is bad at phase 0**: too few epochs; it has eight fences to learn in the time that
  //   the first has for one.
  //
  // ## Exercise
  //
  // Try: AdamW, Adam with weight decay, in `train`: in each step it shrinks all weights by a share, the rate
  // times the decay, also those that no gradient reaches. How much of the damage at phase 4 does a decay of
  // 0.01 repair, how much one of 1, and why not all?
  //
  // ## For the lecturer
  //
  // @lesson{15}
  //
  // The class should be able to say why a weight whose input is always 0 never learns, and to name the masks
  // that a test must contain. Stop before the figure of the phases and ask for the course of the three
  // curves.
  //
  // - **Before running: the network that was trained at phase 0 is tested at phase 4. Does it beat the mean
  //   image?** No, it is worse: `moved_by_half_a_period_over_the_mean_fill` is above 1. At phase 4 it is
  //   shown just the pixels whose weights are still random, and none of those that it learnt from.
  // - **The fence has the same stripes, only moved. Why does what was learnt not move along?** A dense layer
  //   has a row of weights for each pixel and does not know which pixels are neighbours. What it learns of
  //   one pixel says nothing about the next.
  // - **Why did not one weight behind the fence change, with Adam and over all epochs?** Row p of
  //   \f$ x^\top dy \f$ is the sum of \f$ x_{np}\, dy_n \f$, and each \f$ x_{np} \f$ is 0. Adam divides a
  //   mean of gradients, here 0, by a positive number.
  // - **Would validation images have given warning?** Only under other masks. Behind the same fence they are
  //   restored well: they are new images, but the same question.
  // - **Why does the small weight decay of the exercise repair so little?** A weight without a gradient is
  //   multiplied by \f$ 1 - 0.001 \cdot 0.01 \f$ in each step. On MNIST 30 epochs are fewer than 3,000 steps,
  //   so at least 97 % of it is left. And a weight of 0 would be no noise, but no knowledge either.
  //
  // ## Next
  //
  // A network that is told what is missing, starts from the best fill that can be computed, and is trained
  // where it will be tested: @ref tutorial_36_better_restorer.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "Shifted masks: what a network learns about holes", shifted_masks);
}
