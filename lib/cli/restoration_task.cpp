#include "cli/restoration_task.hpp"

#include <algorithm>
#include <iostream>

#include "cli/experiment/assignment_training.hpp"
#include "cli/lost_units.hpp"
#include "cli/text.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/files/csv.hpp"
#include "mend/layers/summary.hpp"
#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

// Twelve test images, one for each of four sizes of each family, in the four rows of the picture.
void draw_restorations(const Sequential<float>& net, const GaussianFill& gaussian_fill, const Digits& digits,
                       const RunOptions& options) {
  struct Damage {
    MaskFamily family;
    std::size_t size;
  };
  std::vector<Damage> damages;
  for (const std::size_t size : {5u, 9u, 13u, 16u}) damages.push_back({MaskFamily::vertical_stripe, size});
  for (const std::size_t size : {5u, 9u, 13u, 16u}) damages.push_back({MaskFamily::horizontal_stripe, size});
  for (const std::size_t size : {7u, 9u, 12u, 15u}) damages.push_back({MaskFamily::patch, size});
  // Every other picture shows the second class.
  const std::vector<std::size_t> candidates = first_of_each_class(digits.test_images, damages.size() / 2);
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < damages.size(); ++i)
    shown.push_back(candidates[i / 2 + (i % 2) * candidates.size() / 2]);

  const Tensor<float> original = gather_rows(digits.test, shown);
  Tensor<float> masked(original.shape()), filled(original.shape());
  std::vector<std::string> labels;
  Random random(options.seed, "task3 shown masks");
  for (std::size_t i = 0; i < damages.size(); ++i) {
    const Mask mask = draw_masks(damages[i].family, damages[i].size, 1, random);
    const Tensor<float> row = damage(slice_rows(original, i, 1), mask), fill = gaussian_fill(row, mask);
    const auto at = static_cast<std::ptrdiff_t>(i * original.dim(1));
    std::copy(row.begin(), row.end(), masked.begin() + at);
    std::copy(fill.begin(), fill.end(), filled.begin() + at);
    labels.push_back(to_string(damages[i].family).substr(0, 1) + " " + std::to_string(damages[i].size));
  }
  const Tensor<float> restored = net.predict(masked);
  save_image_grid(options.out / "task3_restorations",
                  {{"original", original},
                   {"masked", masked},
                   {"restored", restored},
                   {"error", restored - original, true},
                   {"Gaussian fill", filled},
                   {"error", filled - original, true}},
                  labels,
                  "Twelve test images of " + digits.dataset +
                      " with black vertical stripes (v), horizontal stripes (h) and "
                      "patches (p) of growing size, and what the network makes of them: it closes narrow "
                      "gaps, guesses wide "
                      "ones, and blurs the pixels that it was given. Below it the Gaussian fill, which is "
                      "computed and not "
                      "trained, and keeps them. Errors: orange too bright, blue too dark.",
                  caption(digits, options) + "; size in pixels above");
}

// The three families as series over the masked share in percent.
template <class Value>
std::vector<Series> by_family(const std::vector<TableRow>& table, const std::string& suffix, Mark mark,
                              Value value) {
  std::vector<Series> series;
  for (const MaskFamily family : assignment_families) {
    Series s;
    s.name = to_string(family) + suffix;
    s.mark = mark;
    for (const TableRow& row : table) {
      if (row.stated.family != family) continue;
      s.x.push_back(100 * row.masked_share);
      s.y.push_back(value(row));
    }
    series.push_back(std::move(s));
  }
  return series;
}

void draw_analysis(const RestorationResult& result, const History& history, const Digits& digits,
                   const RunOptions& options) {
  const std::string masked = "masked area in %";
  Chart whole{"The whole image",
              masked,
              "MSE over all pixels",
              {},
              {{"good below", 0.02}, {"acceptable below", 0.04}}};
  whole.series =
      by_family(result.table, "", Mark::line_points, [](const TableRow& r) { return r.error.raw.whole; });
  Chart stated{"The same as the assignment states it",
               masked,
               "MSE over all pixels",
               {},
               {{"good below", 0.02}, {"acceptable below", 0.04}}};
  stated.series =
      by_family(result.table, "", Mark::line_points, [](const TableRow& r) { return r.stated.whole; });
  Chart hole{"Inside the hole alone", masked, "MSE over the missing pixels", {}, {}};
  hole.series =
      by_family(result.table, "", Mark::line_points, [](const TableRow& r) { return r.error.raw.hole; });
  for (Series& s : by_family(result.gaussian, ", Gaussian fill", Mark::line,
                             [](const TableRow& r) { return r.error.raw.hole; }))
    hole.series.push_back(std::move(s));
  Chart training{"Training", "epoch", "training MSE", {}, {}};
  training.log_y = true;
  Series loss;
  for (const EpochRecord& e : history) {
    loss.x.push_back(static_cast<double>(e.epoch));
    loss.y.push_back(e.loss);
  }
  training.series = {loss};
  const auto [best, worst] =
      std::minmax_element(result.table.begin(), result.table.end(),
                          [](const auto& a, const auto& b) { return a.error.raw.whole < b.error.raw.whole; });
  save_chart(
      options.out / "task3_comprehensive_analysis", {whole, stated, hole, training},
      "Four charts. The error over the whole image grows with the masked area, from " +
          fixed(best->error.raw.whole, 4) + " to " + fixed(worst->error.raw.whole, 4) +
          ", without a sharp break. Inside the hole it is several times larger, and "
          "larger for patches than for stripes of the same area; the Gaussian fill errs less there on " +
          std::to_string(rows_lost(result.table, result.gaussian)) + " of " +
          std::to_string(result.table.size()) + " rows. The training error falls to " +
          fixed(history.back().loss, 4) + ".",
      caption(digits, options), 2);
}

void save_table(const std::filesystem::path& path, const RestorationResult& result) {
  Csv csv({"family", "size", "masked_percent", "whole_mse", "composite_mse", "hole_mse", "ring_mse",
           "known_mse", "leave_black_composite_mse", "mean_fill_composite_mse", "gaussian_fill_composite_mse",
           "assignment_mse", "assignment_label", "computed_label"});
  for (std::size_t i = 0; i < result.table.size(); ++i) {
    const TableRow& row = result.table[i];
    csv.add({to_string(row.stated.family), row.stated.size, 100 * row.masked_share, row.error.raw.whole,
             row.error.composite.whole, row.error.raw.hole, row.error.raw.ring, row.error.raw.known,
             result.black[i].error.composite.whole, result.mean[i].error.composite.whole,
             result.gaussian[i].error.composite.whole, row.stated.whole, row.stated.label,
             quality_label(row.error.raw.whole)});
  }
  csv.save(path);
}

}  // namespace

RestorationResult restoration_task(const Digits& digits, const RunOptions& options) {
  AssignmentRecipe recipe;
  recipe.epochs = assignment_epochs(options.quick);
  Random untrained(options.seed, "task3 init");
  Sequential<float> shape = masked_restorer(untrained, recipe.hidden);
  RestorationResult result;
  result.epochs = recipe.epochs;
  result.parameters = count_parameters(shape);
  result.summary = summary(shape, {128, 784});
  std::cout << "\nTask 3: a network that restores masked images\n" << result.summary << std::flush;

  const std::filesystem::path checkpoint = options.out / "task3_restorer.safetensors";
  std::filesystem::remove(checkpoint);  // whoever runs it wants to see it trained
  const TrainedNetwork trained = train_assignment_network(digits.train, recipe, options.seed, checkpoint,
                                                          preprocessing(digits), options.quiet);
  const Sequential<float>& net = trained.net;
  result.seconds = trained.seconds;
  save_history(options.out / "task3_history.csv", trained.history);

  const GaussianFill gaussian_fill(digits.train);
  static_cast<RestorationTable&>(result) =
      measure_restorations(net, digits, gaussian_fill, options.quick ? 1 : 2);
  result.clean_mse = mse(net.predict(digits.test), digits.test).value;
  std::cout << lost_units(net, digits.test) << "trained in " << fixed(result.seconds, 1) << " s; "
            << result.draws << " draws of masks on " << with_commas(digits.test.dim(0)) << " test images:\n";
  print_table(result, std::cout);

  save_table(options.out / "task3_table.csv", result);
  draw_restorations(net, gaussian_fill, digits, options);
  draw_analysis(result, trained.history, digits, options);
  return result;
}

}  // namespace mend::cli
