#include "cli/restoration_task.hpp"

#include <iostream>

#include "cli/text.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/files/csv.hpp"
#include "mend/layers/summary.hpp"
#include "mend/losses/mse.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/checkpoint.hpp"
#include "mend/training/fit.hpp"

namespace mend::cli {
namespace {

// Twelve test images, one for each of four sizes of each family, in the four rows of the picture.
void draw_restorations(const Sequential<float>& net, const Digits& digits, const RunOptions& options) {
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
  Tensor<float> masked(original.shape());
  std::vector<std::string> labels;
  Random random(options.seed, "task3 shown masks");
  for (std::size_t i = 0; i < damages.size(); ++i) {
    const Mask mask = draw_masks(damages[i].family, damages[i].size, 1, random);
    const Tensor<float> row = damage(slice_rows(original, i, 1), mask);
    std::copy(row.begin(), row.end(), masked.begin() + static_cast<std::ptrdiff_t>(i * original.dim(1)));
    labels.push_back(to_string(damages[i].family).substr(0, 1) + " " + std::to_string(damages[i].size));
  }
  const Tensor<float> restored = net.predict(masked);
  save_image_grid(
      options.out / "task3_restorations",
      {{"original", original},
       {"masked", masked},
       {"restored", restored},
       {"error", restored - original, true}},
      labels,
      "Twelve test images of " + digits.dataset +
          " with black vertical stripes (v), horizontal stripes (h) and "
          "patches (p) of growing size, and what the network makes of them: it closes narrow gaps and "
          "guesses wide "
          "ones, and blurs the pixels that it was given. Errors: orange too bright, blue too dark.",
      caption(digits, options) + "; size in pixels above");
}

// The three families as series over the masked share in percent.
template <class Value>
std::vector<Series> by_family(const std::vector<TableRow>& table, const std::string& suffix, Mark mark,
                              Value value) {
  std::vector<Series> series;
  for (const MaskFamily family :
       {MaskFamily::vertical_stripe, MaskFamily::horizontal_stripe, MaskFamily::patch}) {
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
  save_chart(options.out / "task3_comprehensive_analysis", {whole, stated, hole, training},
             "Four charts. The error over the whole image grows with the masked area, from " +
                 fixed(best->error.raw.whole, 4) + " to " + fixed(worst->error.raw.whole, 4) +
                 ", without a sharp break. Inside the hole it is several times larger, and "
                 "larger for patches than for stripes of the same area. The training error falls to " +
                 fixed(history.back().loss, 4) + ".",
             caption(digits, options), 2);
}

void save_table(const std::filesystem::path& path, const std::vector<TableRow>& table) {
  Csv csv({"family", "size", "masked_percent", "whole_mse", "composite_mse", "hole_mse", "ring_mse",
           "known_mse", "assignment_mse", "assignment_label", "computed_label"});
  for (const TableRow& row : table)
    csv.add({to_string(row.stated.family), row.stated.size, 100 * row.masked_share, row.error.raw.whole,
             row.error.composite.whole, row.error.raw.hole, row.error.raw.ring, row.error.raw.known,
             row.stated.whole, row.stated.label, quality_label(row.error.raw.whole)});
  csv.save(path);
}

void print_table(const std::vector<TableRow>& table) {
  std::cout << "family             size  masked %   whole  composite    hole    ring  assignment\n";
  for (const TableRow& row : table) {
    char line[96];
    std::snprintf(line, sizeof line, "%-18s %4zu %9.1f  %6.4f     %6.4f  %6.4f  %6.4f      %6.4f\n",
                  to_string(row.stated.family).c_str(), row.stated.size, 100 * row.masked_share,
                  row.error.raw.whole, row.error.composite.whole, row.error.raw.hole, row.error.raw.ring,
                  row.stated.whole);
    std::cout << line;
  }
}

}  // namespace

RestorationResult restoration_task(const Digits& digits, const RunOptions& options) {
  Random init(options.seed, "task3 init"), shuffle(options.seed, "task3 shuffle"),
      masks(options.seed, "task3 masks");
  Sequential<float> net = masked_restorer(init);
  Adam<float> adam(net.parameters(), 1e-3);
  FitOptions fit_options;
  fit_options.epochs = options.quick ? 5 : 50;
  fit_options.quiet = options.quiet;
  fit_options.make_batch = [&](Tensor<float> clean) {
    const Mask mask = draw_assignment_masks(clean.dim(0), masks);
    Tensor<float> damaged = damage(clean, mask);
    return Batch{std::move(damaged), std::move(clean), {}};
  };

  RestorationResult result;
  result.epochs = fit_options.epochs;
  result.parameters = count_parameters(net);
  result.summary = summary(net, {128, 784});
  std::cout << "\nTask 3: a network that restores masked images\n" << result.summary << std::flush;
  const Stopwatch watch;
  const History history = fit(net, adam, digits.train, shuffle, fit_options);
  result.seconds = watch.seconds();
  save_history(options.out / "task3_history.csv", history);
  save_checkpoint(options.out / "task3_restorer.safetensors",
                  {net, &adam, {{"shuffle", &shuffle}, {"masks", &masks}}, history, preprocessing(digits)});

  result.draws = options.quick ? 1 : 5;
  result.table =
      measure_table([&](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); },
                    digits.test, result.draws, options.seed);
  result.clean_mse = mse(net.predict(digits.test), digits.test).value;
  std::cout << "trained in " << fixed(result.seconds, 1) << " s; " << result.draws << " draws of masks on "
            << with_commas(digits.test.dim(0)) << " test images:\n";
  print_table(result.table);

  save_table(options.out / "task3_table.csv", result.table);
  draw_restorations(net, digits, options);
  draw_analysis(result, history, digits, options);
  return result;
}

}  // namespace mend::cli
