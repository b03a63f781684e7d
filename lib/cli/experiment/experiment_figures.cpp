#include "cli/experiment/experiment_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/experiment/results.hpp"
#include "cli/text.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/image_grid.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/metrics/mask_descriptors.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

// Those that lines are drawn for: more would hide each other.
const std::vector<std::string>& drawn() {
  static const std::vector<std::string> names = {contestant::leave_black, contestant::mean_fill,
                                                 contestant::neighbours,  contestant::gaussian,
                                                 contestant::assignment,  contestant::better};
  return names;
}

std::string stamp(const Experiment& e, const RunOptions& options) {
  return caption(*e.digits, options) + "; " + std::to_string(e.seeds) + " trainings, " +
         std::to_string(e.draws) + " masks an image and row, 95 % intervals";
}

Series series_of(const Experiment& e, const std::string& model, MaskFamily family, Measure measure,
                 double scale, double RowFacts::*x) {
  Series s{.name = model, .mark = Mark::line_points};
  for (const RowFacts& facts : e.rows) {
    if (facts.row.family != family) continue;
    const Interval i = e.statistics->of(model, facts.row.name, measure);
    s.x.push_back(100 * facts.*x);
    s.y.push_back(scale * i.estimate);
    s.low.push_back(scale * i.low);
    s.high.push_back(scale * i.high);
  }
  return s;
}

void draw_shape(const Experiment& e, const RunOptions& options) {
  const double area = pooled_r_squared(e, &RowFacts::area), ink = pooled_r_squared(e, &RowFacts::ink);
  Chart left{.title = "Against the masked area, R2 = " + fixed(area, 3),
             .x_label = "masked area in %",
             .y_label = "MSE over all pixels"};
  Chart right{.title = "Against the hidden ink, R2 = " + fixed(ink, 3),
              .x_label = "hidden ink in %",
              .y_label = "MSE over all pixels"};
  for (const MaskFamily family : assignment_families) {
    left.series.push_back(series_of(e, contestant::assignment, family, Measure::whole, 1, &RowFacts::area));
    right.series.push_back(series_of(e, contestant::assignment, family, Measure::whole, 1, &RowFacts::ink));
    left.series.back().name = right.series.back().name = to_string(family);
  }
  save_chart(
      options.out / "experiment_shape", {left, right},
      "The assignment network's error for three families of masks. Against the masked area the families "
      "differ: one quadratic curve through all rows explains " +
          fixed(100 * area, 1) +
          " % of the variance. Against the hidden ink they fall together: " + fixed(100 * ink, 1) + " %.",
      stamp(e, options));
}

void draw_error(const Experiment& e, const RunOptions& options) {
  std::vector<Chart> panels;
  for (const MaskFamily family : assignment_families) {
    Chart panel{.title = to_string(family), .x_label = "masked area in %", .y_label = "composite MSE"};
    panel.log_y = true;
    for (const std::string& model : drawn())
      panel.series.push_back(series_of(e, model, family, Measure::composite, 1, &RowFacts::area));
    panels.push_back(std::move(panel));
  }
  const Interval better = e.statistics->geometric_mean_ratio(contestant::better, contestant::gaussian);
  save_chart(
      options.out / "experiment_error", panels,
      "Composite error against masked area on a logarithmic scale, a chart for each family of masks, a line "
      "for each of six restorers. All rise with the area. The better restorer's error is " +
          fixed(better.estimate, 2) + " of the Gaussian fill's in the geometric mean over all rows.",
      stamp(e, options));
}

void draw_ratio(const Experiment& e, const RunOptions& options) {
  Chart chart{.title = "Composite error over that of the Gaussian fill",
              .x_label = "mask: v, h stripe of so many pixels, p patch",
              .y_label = "ratio of composite MSE",
              .levels = {{"the Gaussian fill", 1}}};
  chart.log_y = true;
  std::size_t below = 0;
  for (const RowFacts& facts : e.rows) chart.categories.push_back(facts.row.name);
  for (const std::string& model : {contestant::mean_fill, contestant::neighbours, contestant::pca,
                                   contestant::ridge, contestant::assignment, contestant::better}) {
    Series s{.name = model, .mark = Mark::points};
    for (std::size_t r = 0; r < e.rows.size(); ++r) {
      const Interval i = e.statistics->ratio(model, contestant::gaussian, e.rows[r].row.name);
      s.x.push_back(static_cast<double>(r));
      s.y.push_back(i.estimate);
      s.low.push_back(i.low);
      s.high.push_back(i.high);
      below += model == contestant::better && i.high < 1;
    }
    chart.series.push_back(std::move(s));
  }
  save_chart(
      options.out / "experiment_ratio", {chart},
      "For each of the 22 rows, the composite error of six restorers as a multiple of the Gaussian fill's. "
      "The better restorer lies below 1 with its whole interval on " +
          std::to_string(below) + " rows.",
      stamp(e, options));
}

void draw_reading(const Experiment& e, const RunOptions& options) {
  std::vector<Chart> panels;
  for (const MaskFamily family : assignment_families) {
    Chart panel{.title = to_string(family),
                .x_label = "hidden ink in %",
                .y_label = "read rightly in %",
                .levels = {{"undamaged", 100 * e.clean_accuracy}}};
    for (const std::string& model : drawn())
      panel.series.push_back(series_of(e, model, family, Measure::accuracy, 100, &RowFacts::ink));
    panels.push_back(std::move(panel));
  }
  save_chart(
      options.out / "experiment_reading", panels,
      "How many restored images a classifier reads rightly, against the ink that was hidden, a chart for "
      "each "
      "family of masks: all fall from " +
          fixed(100 * e.clean_accuracy, 1) +
          " % towards guessing, the images that were left black first, those of the Gaussian fill and of the "
          "networks last.",
      stamp(e, options));
}

// The network of the first seed, or the baseline.
Restorer restorer(const Experiment& e, const std::string& name, std::uint64_t seed) {
  for (const Contestant& c : e.contestants)
    if (c.name == name) return c.make(seed);
  throw Error("experiment: there is no contestant '" + name + "'");
}

const RowFacts& facts_of(const Experiment& e, const std::string& row) {
  return *std::find_if(e.rows.begin(), e.rows.end(), [&](const RowFacts& f) { return f.row.name == row; });
}

// Root of the mean squared error of each pixel, over the images where it was missing; doubled, so that it shows.
Tensor<float> error_map(const Tensor<float>& restored, const Tensor<float>& original, const Mask& mask) {
  Tensor<float> squares({original.dim(1)}), count({original.dim(1)});
  for (std::size_t i = 0; i < original.size(); ++i) {
    const std::size_t pixel = i % original.dim(1);
    const float difference = mask.hole()[i] * (restored[i] - original[i]);
    squares[pixel] += difference * difference;
    count[pixel] += mask.hole()[i];
  }
  for (std::size_t p = 0; p < squares.size(); ++p)
    squares[p] = count[p] > 0 ? 2 * std::sqrt(squares[p] / count[p]) : 0.0f;
  return squares;
}

void draw_maps(const Experiment& e, const RunOptions& options) {
  const std::vector<std::string> rows = {"v7", "v15", "h7", "h15", "p9", "p15"};
  std::vector<GridRow> grid;
  for (const std::string& model : drawn()) {
    const Restorer restore = restorer(e, model, options.seed);
    Tensor<float> maps({rows.size(), 784});
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const MaskRow& row = facts_of(e, rows[r]).row;
      const Mask mask = frozen_masks(row.family, row.size, 0, e.digits->test.dim(0));
      const Tensor<float> map = error_map(restore(damage(e.digits->test, mask), mask), e.digits->test, mask);
      std::copy(map.begin(), map.end(), maps.begin() + static_cast<std::ptrdiff_t>(r * 784));
    }
    grid.push_back({model, std::move(maps)});
  }
  save_image_grid(
      options.out / "experiment_maps", grid, rows,
      "Where each restorer errs inside the hole: for six rows of masks, a map of the root mean squared "
      "error of every pixel while it was missing. All err along the strokes, where fives and sevens "
      "differ; black holes err wherever there is ink.",
      stamp(e, options) + "; white is an error of 0.5 or more");
}

// The images in the order of their errors, the smallest first; only those that lost at least a fifth of their ink.
std::vector<std::size_t> by_error(const Tensor<float>& restored, const Tensor<float>& original,
                                  const Mask& mask) {
  const std::vector<RestorationError> errors = restoration_errors(restored, original, mask, Penalty::squared);
  const std::vector<MaskDescriptors> masks = describe_masks(mask, original);
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < errors.size(); ++n)
    if (masks[n].hidden_ink >= 0.2) order.push_back(n);
  if (order.size() < 10) {  // few images, or nearly black ones: whichever there are
    order.resize(errors.size());
    std::iota(order.begin(), order.end(), 0u);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return errors[a].composite.whole < errors[b].composite.whole;
  });
  return order;
}

void draw_cases(const Experiment& e, const RunOptions& options) {
  constexpr std::size_t best = 3, middling = 3, worst = 4;
  const MaskRow& row = facts_of(e, "p13").row;
  const Mask mask = frozen_masks(row.family, row.size, 0, e.digits->test.dim(0));
  const Tensor<float>& original = e.digits->test;
  const Tensor<float> damaged = damage(original, mask);
  const auto kept = [&](const std::string& name) {
    return composite(restorer(e, name, options.seed)(damaged, mask), original, mask);
  };
  const Tensor<float> better = kept(contestant::better), gaussian = kept(contestant::gaussian),
                      assignment = kept(contestant::assignment);
  const std::vector<std::size_t> order = by_error(better, original, mask);
  std::vector<std::size_t> shown;
  std::vector<std::string> labels;
  const auto show = [&](std::size_t first, std::size_t count, const std::string& label) {
    for (std::size_t i = first; i < first + count; ++i) shown.push_back(order[i]), labels.push_back(label);
  };
  show(0, best, "best");
  show((order.size() - middling) / 2, middling, "middling");
  show(order.size() - worst, worst, "worst");
  const Tensor<float> truth = gather_rows(original, shown), answer = gather_rows(better, shown);
  save_image_grid(
      options.out / "experiment_cases",
      {{"original", truth},
       {"damaged", gather_rows(damaged, shown)},
       {contestant::gaussian, gather_rows(gaussian, shown)},
       {contestant::assignment, gather_rows(assignment, shown)},
       {contestant::better, answer},
       {"its error", answer - truth, true}},
      labels,
      "Ten test images with a patch of 13 x 13 pixels missing and at least a fifth of their ink in it, "
      "restored by the Gaussian fill, the assignment network and the better restorer with known pixels "
      "kept: the better restorer's best, middling and worst. The worst ones lost the stroke that tells "
      "which way the digit goes.",
      stamp(e, options));
}

}  // namespace

void draw_experiment(const Experiment& experiment, const RunOptions& options) {
  draw_shape(experiment, options);
  draw_error(experiment, options);
  draw_ratio(experiment, options);
  draw_reading(experiment, options);
  draw_maps(experiment, options);
  draw_cases(experiment, options);
}

}  // namespace mend::cli
