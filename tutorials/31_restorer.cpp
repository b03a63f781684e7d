// # A network that restores
//
// You train the assignment's network to return undamaged images for damaged ones, and judge it beside two
// answers that cost nothing.
//
// ## What you will see
//
// - a figure: original, masked, restored, error, for twelve test images;
// - a figure: the loss of every epoch;
// - the errors inside the hole, where the network is best, and over the whole image, where it need not be.
//
// It trains for 50 epochs, which takes about a quarter of a minute.
//
// **Needs:** masks and the parts of an error, from @ref tutorial_30_masks.
//
// ## Shapes
//
// | symbol    | meaning                        | shape    |
// |-----------|--------------------------------|----------|
// | `clean`   | a batch of undamaged images    | (N, 784) |
// | `damaged` | the same with black holes      | (N, 784) |
// | `y`       | what the network answers       | (N, 784) |

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/layers/summary.hpp"
#include "mend/losses/mse.hpp"
#include "mend/masks/families.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

using namespace mend;

void restorer(cli::Tutorial& tutorial) {
  // ## The network
  //
  // Four dense layers, 784-256-256-128-784, ReLU between them (@ref tutorial_04_nonlinearities) and a
  // sigmoid at the end, so that every answer is a brightness in (0, 1). The layers of 256, 256 and 128
  // units, between input and output, are the *hidden* ones. The assignment states "~530K" parameters. Let
  // us count. A dense layer from K to D numbers has K D weights and D biases; the four together have
  // 200,960 + 65,792 + 32,896 + 101,136 = 400,784 parameters, a hundred times as many as the autoencoder.

  Random init(tutorial.seed, "init"), shuffle(tutorial.seed, "shuffle"), mask_stream(tutorial.seed, "masks");
  Sequential<float> net = masked_restorer(init);
  std::cout << summary(net, {128, 784});
  tutorial.expect("parameters", static_cast<double>(count_parameters(net)), 400784, 400784);

  // ## The training pair
  //
  // A restorer is trained backwards: nobody has damaged images together with what they once were, so we
  // take whole ones and break them. The input is the broken image, the target the whole one. Each batch
  // draws new masks, so the same image comes back with another hole in each epoch, and the network cannot
  // learn its holes by heart. This is the *denoising autoencoder* of Vincent et al. (2008), an autoencoder
  // that sees its images damaged and must return them whole. The sizes are the assignment's: stripes of
  // width 3 to 16, squares of side 5 to 15. Below, the batch is written out once; the library has the same
  // as @ref mend::masked_batches.
  //
  // The gradient needs nothing new. The loss
  // \f$ \frac{1}{N D} \sum_{nd} (y_{nd} - \mathrm{clean}_{nd})^2 \f$ compares all pixels with those of the
  // clean image; the mask does not occur in it.

  const Dataset dataset = load_dataset(tutorial.data);
  Tensor<float> x = to_rows(keep_classes(dataset.train, {5, 7}));
  const Tensor<float> x_test = to_rows(keep_classes(dataset.test, {5, 7}));
  if (tutorial.quick && x.dim(0) > 2000) x = slice_rows(x, 0, 2000);

  FitOptions options;
  options.epochs = tutorial.full_or_quick<std::size_t>(50, 12);
  options.make_batch = [&](Tensor<float> clean) {
    Tensor<float> damaged = damage(clean, draw_assignment_masks(clean.dim(0), mask_stream));
    return Batch{std::move(damaged), std::move(clean), {}};
  };
  Adam<float> adam(net.parameters(), 1e-3);
  const History history = fit(net, adam, x, shuffle, options);
  std::cout << dataset.name << ": loss " << history.front().loss << " in the first epoch, "
            << history.back().loss << " in epoch " << history.size() << "\n";
  const Batch batch = options.make_batch(slice_rows(x, 0, std::min(options.batch_size, x.dim(0))));
  const Tensor<float> y = net.predict(batch.input);
  tutorial.show_shape("clean", "(N, 784)", batch.target.shape());
  tutorial.show_shape("damaged", "(N, 784)", batch.input.shape());
  tutorial.show_shape("y", "(N, 784)", y.shape());
  tutorial.expect("loss_falls", history.back().loss / history.front().loss, 0, 0.5);
  const auto mean_loss = [&history](std::size_t first, std::size_t count) {
    double total = 0;
    for (std::size_t i = first; i < first + count; ++i) total += history[i].loss;
    return total / static_cast<double>(count);
  };
  tutorial.expect("last_five_epochs_over_five_before",
                  mean_loss(history.size() - 5, 5) / mean_loss(history.size() - 10, 5), 0.5, 1);

  Chart chart;
  chart.title = "The loss of every epoch";
  chart.x_label = "epoch";
  chart.y_label = "training MSE";
  chart.log_y = true;
  Series loss;
  for (const EpochRecord& epoch : history) {
    loss.x.push_back(static_cast<double>(epoch.epoch));
    loss.y.push_back(epoch.loss);
  }
  chart.series = {loss};
  save_chart(tutorial.file("31_loss"), {chart},
             "The training loss over the epochs on a logarithmic axis: it falls steeply at first, ever more "
             "slowly later, and has not stopped falling when training ends.",
             dataset.name + ", seed " + std::to_string(tutorial.seed));

  // @figure{31_loss.svg} It is still falling at the end, as the second EXPECT line says. The number of
  // epochs is a choice, not a fact about the network.
  //
  // ## Look first
  //
  // Four sizes of each family, each on a test image that the network has never seen. Below the network's
  // answers stands one that costs nothing: the mean of the training images, put into the hole.

  const Tensor<float> mean_images = add_rows(Tensor<float>(x_test.shape()), mean_rows(x));
  Random shown_masks(tutorial.seed, "shown masks");
  Tensor<float> original = slice_rows(x_test, 0, 12), masked(original.shape()), filled(original.shape());
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < 12; ++i) {
    const MaskFamily family = static_cast<MaskFamily>(i / 4);
    const std::size_t size = 5 + 3 * (i % 4);
    const Mask mask = draw_masks(family, size, 1, shown_masks);
    const Tensor<float> whole = slice_rows(original, i, 1), row = damage(whole, mask),
                        fill = composite(slice_rows(mean_images, i, 1), whole, mask);
    std::copy(row.begin(), row.end(), masked.begin() + static_cast<std::ptrdiff_t>(i * row.size()));
    std::copy(fill.begin(), fill.end(), filled.begin() + static_cast<std::ptrdiff_t>(i * row.size()));
    labels.push_back(to_string(family).substr(0, 1) + " " + std::to_string(size));
  }
  const Tensor<float> restored = net.predict(masked);
  save_image_grid(tutorial.file("31_restorations"),
                  {{"original", original},
                   {"masked", masked},
                   {"restored", restored},
                   {"error", restored - original, true},
                   {"mean fill", filled}},
                  labels,
                  "Twelve test images of " + dataset.name +
                      ", masked and restored: most holes are filled with a blurred stroke that fits what is "
                      "left, and the "
                      "known strokes come back softer than they were. Below, holes filled with the mean "
                      "image, whatever is "
                      "around them.",
                  dataset.name + ", seed " + std::to_string(tutorial.seed));

  // @figure{31_restorations.svg} Above, the family (v, h or p) and the size in pixels. Orange: the answer is
  // too bright; blue: too dark. Look at the errors *outside* the holes: the network has to redraw every
  // pixel from the 128 numbers of its last hidden layer, also those that it was given.
  //
  // ## Then measure
  //
  // Beside the network we put the two cheapest answers: leave the hole black, and fill it with the mean of
  // the training images. Both leave the known pixels as they are.

  struct Judged {
    ErrorParts network, black, mean;  // of the raw output
  };
  const auto judge = [&](MaskFamily family, std::size_t size) {
    Random masks(tutorial.seed, "judged masks");
    const Mask mask = draw_masks(family, size, x_test.dim(0), masks);
    const Tensor<float> damaged = damage(x_test, mask);
    const auto mse_of = [&](const Tensor<float>& answer) {
      return restoration_error(answer, x_test, mask, Penalty::squared).raw;
    };
    return Judged{mse_of(net.predict(damaged)), mse_of(damaged),
                  mse_of(composite(mean_images, x_test, mask))};
  };
  std::cout << "                    whole image            hole\n"
               "mask                network  black  mean   network  black  mean\n";
  std::vector<Judged> all;
  for (const MaskFamily family :
       {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe, MaskFamily::patch})
    for (const std::size_t size : {5u, 9u, 15u}) {
      all.push_back(judge(family, size));
      const Judged& j = all.back();
      char line[120];
      std::snprintf(line, sizeof line, "%-17s %2zu  %.4f  %.4f %.4f  %.4f  %.4f %.4f\n",
                    to_string(family).c_str(), size, j.network.whole, j.black.whole, j.mean.whole,
                    j.network.hole, j.black.hole, j.mean.hole);
      std::cout << line;
    }
  const Judged &stripe_9 = all[1], &patch_5 = all[6];
  tutorial.expect("network_over_black_in_the_hole_of_a_stripe", stripe_9.network.hole / stripe_9.black.hole,
                  0, 0.6);
  tutorial.expect("network_over_mean_in_the_hole_of_a_stripe", stripe_9.network.hole / stripe_9.mean.hole, 0,
                  0.95);
  tutorial.expect("black_over_network_on_a_small_patch", patch_5.black.whole / patch_5.network.whole, 0, 1);
  tutorial.expect("network_over_black_in_the_hole_of_a_patch", patch_5.network.hole / patch_5.black.hole, 0,
                  0.6);
  tutorial.expect("network_over_mean_in_the_hole_of_a_patch", patch_5.network.hole / patch_5.mean.hole, 0,
                  0.95);
  if (dataset.name == "MNIST" && !tutorial.quick)
    tutorial.expect("whole_mse_of_a_stripe_of_9", stripe_9.network.whole, 0.017, 0.019);

  // The comparison on the small patch is the lesson of this page. For a patch of 5 x 5 pixels the assignment
  // reports its *best* result. Yet whoever does nothing at all has a smaller error over the whole image,
  // because a network that redraws 784 pixels from 128 numbers spoils the 759 that were never lost. Inside
  // the hole it is better than both answers. So keep the known pixels, and judge the hole.
  //
  // ## Run
  //
  // ```
  // build/release/tutorials/31_restorer --data mnist
  // ```
  //
  // `--quick` learns from 2,000 images for 12 epochs, and the known pixels then come out worse still;
  // without `--data` the program takes the first data set that is there.
  //
  // @output
  //
  // ## If it differs
  //
  // - **All answers are the mean image**: the rate is too high, and the ReLU units died in the first steps.
  // - **The loss does not fall at all**: the optimizer was given the parameters of another network, so that
  //   this one stays as it began.
  // - **The error over the whole image is the same for every width of hole**: the network sees the undamaged
  //   images; the damaged copy was made, and not used. In the hole it then seems to beat everything.
  //
  // ## Exercise
  //
  // Try: draw the masks once per image before training, as the assignment's program does, instead of anew
  // for each batch. How do the losses on training and test images drift apart?
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // The class should be able to say what this network is given, what it is asked for, and which pixels its
  // error is about. Stop before the printed table, and collect guesses for the patch of 5 x 5 pixels.
  //
  // - **Before running: under a patch of 5 x 5 pixels, who has the smaller error over the whole image, the
  //   network or whoever leaves the hole black?** The latter. It errs on 25 pixels at most; the network
  //   redraws all 784 from 128 numbers, and spoils 759 that were never lost. In the hole the network is
  //   better.
  // - **Which layer has most of the parameters?** The first, with 784 x 256 + 256 = 200,960 of 400,784: one
  //   half. It joins the widest input to 256 units.
  // - **The hole is black, so the network knows where it is. True?** No. Black is also the background, and
  //   the mask stands neither in the input nor in the loss. A hole that covers only background leaves the
  //   image as it was.
  // - **The known pixels are put back afterwards. How does the error over the whole image follow from the
  //   printed table?** It is the error in the hole times the hole's share: 25 / 784 for a patch of 5, 9 / 28
  //   for a stripe of 9.
  // - **The loss still falls at the end. Will more epochs restore test images better?** The curve cannot
  //   tell: it is about the training images, with new holes each time. It takes held-out images to find
  //   out.
  //
  // ## Next
  //
  // The question of Task 3 is not whether, but how much: @ref tutorial_32_how_much.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "A network that restores masked images", restorer);
}
