// # How much can you mask?
//
// You repeat the assignment's experiment row by row, and check its conclusions against its own table and
// against yours.
//
// ## What you will see
//
// - a figure: error against masked area, over the whole image and inside the hole, for three families of
//   masks;
// - the 22 rows of the assignment's table, measured;
// - which of its statements its own numbers bear out.
//
// It trains a network for 50 epochs and tests it 44 times, which takes about 20 seconds.
//
// **Needs:** @ref tutorial_31_restorer.
//
// ## Shapes
//
// | symbol | meaning                                      | shape     |
// |--------|----------------------------------------------|-----------|
// | `x`    | training images of the two classes           | (N, 784)  |
// | `x'`   | all their test images                        | (N', 784) |
// | rows   | of the table: a family of masks and a size   | a number  |
// | draws  | new masks for each image, per row            | a number  |

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "cli/tutorial.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/data/dataset.hpp"
#include "mend/figures/chart.hpp"
#include "mend/losses/mse.hpp"
#include "mend/metrics/assignment_table.hpp"
#include "mend/metrics/curve_fit.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

using namespace mend;

// One curve of the table: masked area in percent, and whatever `value` takes out of a row.
template <class Value>
Series curve(const std::vector<TableRow>& table, MaskFamily family, Value value) {
  Series series;
  series.name = to_string(family);
  series.mark = Mark::line_points;
  for (const TableRow& row : table) {
    if (row.stated.family != family) continue;
    series.x.push_back(100 * row.masked_share);
    series.y.push_back(value(row));
  }
  return series;
}

void how_much(cli::Tutorial& tutorial) {
  // ## The same network once more
  //
  // Trained as in @ref tutorial_31_restorer, from the same seed: it is the same network, bit by bit.

  const Dataset dataset = load_dataset(tutorial.data);
  Tensor<float> x = to_rows(keep_classes(dataset.train, {5, 7})),
                x_test = to_rows(keep_classes(dataset.test, {5, 7}));
  if (tutorial.quick && x.dim(0) > 2000) x = slice_rows(x, 0, 2000);
  tutorial.show_shape("x", "(N, 784)", x.shape());
  tutorial.show_shape("x'", "(N', 784)", x_test.shape());
  Random init(tutorial.seed, "init"), shuffle(tutorial.seed, "shuffle"), mask_stream(tutorial.seed, "masks");
  Sequential<float> net = masked_restorer(init);
  Adam<float> adam(net.parameters(), 1e-3);
  FitOptions options;
  options.epochs = tutorial.full_or_quick<std::size_t>(50, 12);
  options.make_batch =
      masked_batches([&](std::size_t images) { return draw_assignment_masks(images, mask_stream); });
  fit(net, adam, x, shuffle, options);

  // ## Twenty-two rows
  //
  // Seven widths of each stripe, eight sides of the square. For each row every test image gets its own mask,
  // once for each draw. The masks are frozen (@ref mend::frozen_masks): they depend on the row and the draw
  // alone. Whoever measures another restorer measures it under the same masks, and the difference of two
  // errors is not blurred by luck. We do so at once, with the Gaussian fill: it solves a system of equations
  // for each hole, keeps the known pixels, and learns nothing by steps (@ref tutorial_33_baselines shows
  // how).

  const std::size_t draws = tutorial.full_or_quick<std::size_t>(2, 1);
  const auto table = measure_table(
      [&](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); }, x_test, draws);
  const auto gaussian = measure_table(GaussianFill(x), x_test, draws);
  tutorial.show_number("rows", table.size());
  tutorial.show_number("draws", draws);
  std::cout << dataset.name << ", " << x_test.dim(0) << " test images, " << draws << " draws\n"
            << "                              network           Gaussian  assignment\n"
            << "mask                masked %   whole    hole    hole      whole\n";
  for (std::size_t i = 0; i < table.size(); ++i) {
    const TableRow& row = table[i];
    char line[100];
    std::snprintf(line, sizeof line, "%-17s %2zu %8.1f  %.4f  %.4f  %.4f    %.4f\n",
                  to_string(row.stated.family).c_str(), row.stated.size, 100 * row.masked_share,
                  row.error.raw.whole, row.error.raw.hole, gaussian[i].error.raw.hole, row.stated.whole);
    std::cout << line;
  }
  const auto below = static_cast<double>(std::count_if(table.begin(), table.end(), [](const TableRow& row) {
    return row.error.raw.whole < row.stated.whole;
  }));
  if (dataset.name == "MNIST" && !tutorial.quick) tutorial.expect("rows_below_the_assignment", below, 22, 22);

  // On MNIST all of our rows lie below the assignment's. We do not know why; one suspect is how often the
  // masks were drawn during training, on which the exercise of @ref tutorial_31_restorer has something to
  // say. What both tables share is the course of the curves, and about that are most of its conclusions.

  std::vector<Series> whole, hole, stated;
  bool rises = true;
  for (const MaskFamily family :
       {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe, MaskFamily::patch}) {
    whole.push_back(curve(table, family, [](const TableRow& row) { return row.error.raw.whole; }));
    hole.push_back(curve(table, family, [](const TableRow& row) { return row.error.raw.hole; }));
    stated.push_back(curve(table, family, [](const TableRow& row) { return row.stated.whole; }));
    rises = rises && std::is_sorted(whole.back().y.begin(), whole.back().y.end());
  }
  tutorial.expect("error_rises_with_size", rises, 1, 1);
  double hole_over_whole = 1e9;  // the smallest of all rows
  for (const TableRow& row : table)
    hole_over_whole = std::min(hole_over_whole, row.error.raw.hole / row.error.raw.whole);
  tutorial.expect("least_hole_over_whole", hole_over_whole, 1, 5);

  // And the comparison? Inside the hole, where nothing is won or lost by copying:

  double lost = 0;
  for (std::size_t i = 0; i < table.size(); ++i) lost += table[i].error.raw.hole > gaussian[i].error.raw.hole;
  std::cout << "the network errs more inside the hole than the Gaussian fill on " << lost << " of "
            << table.size() << " rows\n";
  if (dataset.name == "MNIST" && !tutorial.quick)
    tutorial.expect("rows_lost_to_the_gaussian_fill", lost, 18, 22);

  const Tensor<float> mean = mean_rows(x);
  const double mean_error = mse(add_rows(Tensor<float>(x_test.shape()), mean), x_test).value;
  for (const MaskFamily family :
       {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe, MaskFamily::patch}) {
    hole.push_back(curve(gaussian, family, [](const TableRow& row) { return row.error.raw.hole; }));
    hole.back().name += ", Gaussian fill";
    hole.back().mark = Mark::line;
  }
  Chart left{"Whole image",
             "masked area in %",
             "MSE over all pixels",
             whole,
             {{"the mean image, always", mean_error}}};
  Chart right{"Inside the hole", "masked area in %", "MSE over the missing pixels", hole, {}};
  save_chart(
      tutorial.file("32_how_much"), {left, right},
      "Error against masked area for three families of masks. Over the whole image it rises with the "
      "area; inside the hole it is larger in every row, and small patches are harder there than vertical "
      "stripes that hide more. The Gaussian fill's error inside the hole is drawn beside the network's.",
      dataset.name + ", " + std::to_string(draws) + (draws == 1 ? " draw" : " draws") + " of masks, seed " +
          std::to_string(tutorial.seed));

  // @figure{32_how_much.svg} Two answers to "how much". The left chart begins low because nearly all pixels
  // that it averages were never missing. The right one shows the missing ones alone, and their error is
  // larger in every row. On MNIST the thin lines lie below the network's nearly everywhere: what the network
  // does inside the hole, a system of equations does better.
  //
  // ## Its labels
  //
  // The assignment calls an error below 0.02 good, below 0.04 acceptable, else poor. Its table has a label
  // in each row. We compute the labels from its own numbers.

  double wrong = 0;
  for (const AssignmentRow& row : assignment_rows()) {
    const std::string earned = quality_label(row.whole);
    if (row.label.find(earned) != std::string::npos) continue;  // "Very Poor" is poor
    ++wrong;
    std::cout << to_string(row.family) << " " << row.size << ": stated " << row.whole << " and '" << row.label
              << "', but that is '" << earned << "'\n";
  }
  tutorial.expect("labels_that_break_their_own_thresholds", wrong, 5, 5);

  // ## Its conclusions
  //
  // *"10-17% for good reconstruction"* and *"30-40% for acceptable reconstruction"*, says the assignment.
  // Where do its own curves cross the thresholds? (`nan` stands for a threshold that is not crossed between
  // the first row and the last.)

  const auto up_to = [](const Series& series, double level) { return crossing(series.x, series.y, level); };
  for (std::size_t k = 0; k < 3; ++k) {
    std::cout << stated[k].name << ": good up to " << up_to(stated[k], 0.02) << " %, acceptable up to "
              << up_to(stated[k], 0.04) << " % by its table; good up to " << up_to(whole[k], 0.02)
              << " %, acceptable up to " << up_to(whole[k], 0.04) << " % by ours\n";
  }
  tutorial.expect("stated_vertical_good_up_to", up_to(stated[0], 0.02), 27.9, 28.0);
  tutorial.expect("stated_vertical_acceptable_up_to", up_to(stated[0], 0.04), 51.9, 52.0);
  tutorial.expect("stated_horizontal_good_up_to", up_to(stated[1], 0.02), 27.5, 27.7);
  tutorial.expect("stated_horizontal_acceptable_up_to", up_to(stated[1], 0.04), 59.2, 59.4);
  tutorial.expect("stated_patch_good_up_to", up_to(stated[2], 0.02), 17.6, 17.7);
  tutorial.expect("stated_patch_acceptable_up_to", up_to(stated[2], 0.04), 40.5, 40.7);

  // Its patches are good up to 18 % and acceptable up to 41 %, about as it says. But it says the same of
  // stripes, and they are good up to 28 % and acceptable up to 52 % (vertical) and 59 % (horizontal): for
  // stripes the conclusion does not follow from the table.
  //
  // *"Nearly identical (MSE difference < 0.002)"*, it says of vertical and horizontal stripes. The largest
  // difference in its table:

  double difference = 0;
  for (std::size_t i = 0; i < stated[0].y.size(); ++i)
    difference = std::max(difference, std::abs(stated[0].y[i] - stated[1].y[i]));
  std::cout << "largest difference between stripes of one width, by its table: " << difference << "\n";
  tutorial.expect("largest_difference_by_its_own_table", difference, 0.00669, 0.00671);

  // More than three times what it says. Wide vertical stripes hide more ink of a digit than wide horizontal
  // ones, as @ref tutorial_30_masks measures.
  //
  // *"Even at 90% masking, MSE ~0.06 (not complete failure)."* The widest row masks 75 %; there is none at
  // 90 %. And 0.06 is the error of the mean image on MNIST: the answer of somebody who does not look at the
  // input at all.

  std::cout << "mean image, always: test MSE " << mean_error << "\n";
  if (dataset.name == "MNIST" && !tutorial.quick) tutorial.expect("mean_image", mean_error, 0.0594, 0.0604);

  // *"Small patches perform BEST."* In its table they have the smallest error over the whole image, since
  // almost nothing is missing. Inside the hole patches are harder than vertical stripes, even than stripes
  // that hide a larger area:

  const double patch_11 = hole[2].y[3], stripe_5 = hole[0].y[1];  // 15.4 % and 17.9 % of the area
  std::cout << "inside the hole: patch of 11 x 11 " << patch_11 << ", vertical stripe of width 5 " << stripe_5
            << "\n";
  tutorial.expect("patch_is_harder_than_a_stripe_of_more_area", patch_11 / stripe_5, 1.1, 2.5);

  // ## Run
  //
  // ```
  // build/release/tutorials/32_how_much --data mnist
  // ```
  //
  // `--quick` learns from 2,000 images for 12 epochs and draws one mask per image and row. The statements
  // about the assignment's own table hold whatever the data are; those about MNIST are checked in the full
  // run on MNIST.
  //
  // @output
  //
  // ## If it differs
  //
  // - **Left and right chart are alike**: whole and hole are mixed up, or the errors in the hole were taken
  //   under other masks than those that did the damage.
  // - **The left chart begins almost at 0**: `error.composite` was taken for `error.raw`. Then all known
  //   pixels count as perfect, and whole is hole times the masked share.
  // - **One row lies far off its neighbours**: one mask for all images of the row instead of one for each.
  //   The row then says how hard that one place is.
  //
  // ## Exercise
  //
  // Try: train on masks up to 24 pixels, and measure again. Which rows gain, which lose? Then put the known
  // pixels back (`error.composite.whole` instead of `error.raw.whole`) and look at the first rows of each
  // family.
  //
  // ## For the lecturer
  //
  // @lesson{20}
  //
  // The class should be able to say which pixels an error is a mean over, and to check a conclusion against
  // the table that it is drawn from. Stop before the figure, and let everybody sketch both curves of one
  // family.
  //
  // - **Before running: is the network's error larger over the whole image or inside the hole, and in which
  //   rows?** Inside the hole, in all of them. The whole is a mixture of hole and known pixels
  //   (@ref tutorial_30_masks), and known pixels are easier, so the mixture lies below the hole;
  //   `least_hole_over_whole` is at least 1.
  // - **The smallest patches have the smallest error of the table. Are they restored best?** No. A patch of 5
  //   x 5 is 25 of 784 pixels, about 3 %, so its error over the whole image says nearly nothing of the hole.
  //   Inside the hole a patch of 11 is harder than a vertical stripe of width 5, which hides more.
  // - **Do the five labels that break the thresholds flatter the network?** No, all five are one step too
  //   strict: three rows below 0.02 are called acceptable, two rows below 0.04 poor. A label typed by hand
  //   can err either way, one that is computed cannot.
  // - **"MSE 0.06, not complete failure": what would a complete failure score?** On MNIST the mean image,
  //   which never looks at the input, has 0.06 too. An error means something only beside that of an answer
  //   which costs nothing.
  // - **Is a row of size 21 a fair test of what the network learnt?** Only partly. It was trained on stripes
  //   of 3 to 16 pixels and squares of 5 to 15, so such a row asks two things at once: what can be told from
  //   so little, and how the network behaves where it was never trained.
  //
  // ## Next
  //
  // The Gaussian fill came out of nowhere here. Where it comes from, what else needs no training, and how to
  // score all of them honestly: @ref tutorial_33_baselines.
}

int main(int argc, char** argv) {
  return cli::run_tutorial(argc, argv, "How much can you mask? The assignment's experiment, repeated",
                           how_much);
}
