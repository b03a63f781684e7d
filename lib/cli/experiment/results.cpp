#include "cli/experiment/results.hpp"

#include <algorithm>
#include <cmath>

#include "cli/experiment/gate.hpp"
#include "cli/text.hpp"
#include "mend/layers/summary.hpp"
#include "mend/metrics/curve_fit.hpp"

namespace mend::cli {
namespace {

constexpr const char* all_rows = "all rows";

// Finds numbers by their three names.
class Results {
 public:
  explicit Results(const CsvTable& table) : table_(table) {
    for (std::size_t i = 0; i < table.rows(); ++i) {
      const std::string &row = table.cell(i, "row"), &model = table.cell(i, "model"),
                        &measure = table.cell(i, "measure");
      lines_[row + "/" + model + "/" + measure] = i;
      if (measure == "composite") {
        remember(rows_, row);
        remember(models_, model);
      }
    }
  }
  const std::vector<std::string>& rows() const { return rows_; }
  const std::vector<std::string>& models() const { return models_; }
  bool has(const std::string& row, const std::string& model, const std::string& measure) const {
    return lines_.count(row + "/" + model + "/" + measure) > 0;
  }
  Interval of(const std::string& row, const std::string& model, const std::string& measure) const {
    const auto found = lines_.find(row + "/" + model + "/" + measure);
    if (found == lines_.end())
      throw Error("results: there is no line '" + row + "', '" + model + "', '" + measure + "'");
    return {table_.number(found->second, "estimate"), table_.number(found->second, "low"),
            table_.number(found->second, "high")};
  }

 private:
  static void remember(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  const CsvTable& table_;
  std::map<std::string, std::size_t> lines_;
  std::vector<std::string> rows_, models_;
};

std::string table_head(const std::vector<std::string>& columns) {
  std::string head = "|", rule = "|";
  for (const std::string& column : columns) {
    head += " " + column + " |";
    rule += head.size() == column.size() + 4 ? ":--|" : "--:|";
  }
  return head + "\n" + rule + "\n";
}

// A table of a measure: rows of masks against contestants. \param scale  100 for percent
std::string measure_table(const Results& results, const std::string& measure, int digits, double scale) {
  std::vector<std::string> head = {"mask", "area %", "ink %"};
  head.insert(head.end(), results.models().begin(), results.models().end());
  std::string text = table_head(head);
  for (const std::string& row : results.rows()) {
    text += "| " + row + " | " + fixed(100 * results.of(row, "masks", "area").estimate, 1) + " | " +
            fixed(100 * results.of(row, "masks", "ink").estimate, 1) + " |";
    for (const std::string& model : results.models()) {
      const Interval i = results.of(row, model, measure);
      const double gaussian = results.of(row, contestant::gaussian, measure).estimate;
      const bool best = measure == "composite" && model != contestant::class_mean && i.estimate < gaussian;
      text += (best ? " **" : " ") + fixed(scale * i.estimate, digits) + (best ? "** |" : " |");
    }
    text += "\n";
  }
  return text + "\n";
}

std::string standings_table(const Results& results) {
  std::string text = table_head(
      {"network", "baseline", "rows won", "rows lost", "lost by the raw output", "ratio of errors"});
  for (const std::string& model : results.models())
    for (const std::string& baseline : results.models()) {
      if (!results.has(all_rows, model, "ratio to " + baseline)) continue;
      const Interval ratio = results.of(all_rows, model, "ratio to " + baseline);
      text += "| " + model + " | " + baseline + " | " +
              fixed(results.of(all_rows, model, "rows won against " + baseline).estimate, 0) + " | " +
              fixed(results.of(all_rows, model, "rows lost against " + baseline).estimate, 0) + " | " +
              fixed(results.of(all_rows, model, "rows lost raw against " + baseline).estimate, 0) + " | " +
              with_interval(ratio, 3) + " |\n";
    }
  return text + "\n";
}

std::string picture(const std::string& name, const std::string& alt) {
  return "<img src=\"results/" + name + ".svg\" style=\"width:100%;height:auto\" alt=\"" + alt + "\"/>\n\n";
}

}  // namespace

double pooled_r_squared(const Experiment& experiment, double RowFacts::*fact) {
  std::vector<double> x;
  for (const RowFacts& facts : experiment.rows) x.push_back(facts.*fact);
  return fit_curve(CurveKind::quadratic, x,
                   experiment.statistics->row_means(contestant::assignment, Measure::whole))
      .r_squared;
}

Csv results_csv(const Experiment& e) {
  Csv csv = e.statistics->csv();
  const auto add = [&](const std::string& row, const std::string& model, const std::string& measure,
                       const Interval& i) {
    csv.add({row, model, measure, i.estimate, i.low, i.high});
  };
  const auto exact = [](double value) { return Interval{value, value, value}; };
  for (const RowFacts& facts : e.rows) {
    add(facts.row.name, "masks", "area", exact(facts.area));
    add(facts.row.name, "masks", "ink", exact(facts.ink));
  }
  add(all_rows, "classifier", "accuracy on undamaged images", exact(e.clean_accuracy));
  add(all_rows, "data", e.digits->dataset, exact(1));
  add(all_rows, "data", "test images", exact(static_cast<double>(e.digits->test.dim(0))));
  add(all_rows, "data", "trainings", exact(static_cast<double>(e.seeds)));
  add(all_rows, "data", "draws of masks", exact(static_cast<double>(e.draws)));
  add(all_rows, contestant::assignment, "R2 of whole on area", exact(pooled_r_squared(e, &RowFacts::area)));
  add(all_rows, contestant::assignment, "R2 of whole on ink", exact(pooled_r_squared(e, &RowFacts::ink)));
  for (const Standing& s : standings(e)) {
    add(all_rows, s.network, "ratio to " + s.baseline,
        e.statistics->geometric_mean_ratio(s.network, s.baseline));
    add(all_rows, s.network, "rows won against " + s.baseline, exact(static_cast<double>(s.wins)));
    add(all_rows, s.network, "rows lost against " + s.baseline, exact(static_cast<double>(s.losses)));
    add(all_rows, s.network, "rows lost raw against " + s.baseline, exact(static_cast<double>(s.raw_losses)));
  }
  return csv;
}

std::string results_markdown(const CsvTable& table) {
  const Results results(table);
  const auto all = [&](const std::string& model, const std::string& measure) {
    return results.of(all_rows, model, measure).estimate;
  };
  return "# Who restores best? {#experiment}\n\n"
         "All restorers on the assignment's 22 rows of masks, fives and sevens of MNIST: " +
         with_commas(static_cast<std::size_t>(all("data", "test images"))) + " test images, " +
         fixed(all("data", "draws of masks"), 0) +
         " frozen masks for each image and row, the same for everyone; networks trained " +
         fixed(all("data", "trainings"), 0) +
         " times. `./do experiment` measures all of it and writes this page. Intervals are 95 % bootstrap "
         "intervals "
         "over images and trainings.\n\n" +
         picture("experiment_ratio",
                 "The composite error of six restorers as a multiple of the Gaussian fill's, on "
                 "each of 22 rows of masks, with intervals") +
         "## The baseline gate {#experiment_gate}\n\nA network that restores has to beat what needs no "
         "training. A row "
         "is won or lost where the paired interval of the difference in composite error lies on one side of "
         "zero; the "
         "ratio is the geometric mean over all rows.\n\n" +
         standings_table(results) +
         "## Error with the known pixels kept {#experiment_composite}\n\nComposite MSE; **bold** where it is "
         "below "
         "the Gaussian fill's. v, h: a vertical or horizontal stripe of so many pixels; p: a square patch of "
         "that "
         "side.\n\n" +
         measure_table(results, "composite", 4, 1) +
         picture("experiment_error",
                 "Composite error against masked area on a logarithmic scale for six restorers, "
                 "a chart for each of three families of masks") +
         "## The shape of a hole {#experiment_shape}\n\nA quadratic curve through the assignment network's "
         "22 errors "
         "over the whole image explains " +
         fixed(100 * all(contestant::assignment, "R2 of whole on area"), 1) +
         " % of their variance as a function of the masked area, and " +
         fixed(100 * all(contestant::assignment, "R2 of whole on ink"), 1) +
         " % as a function of the hidden ink: what seems to be an effect of shape is mostly one of how much "
         "was "
         "hidden.\n\n" +
         picture("experiment_shape",
                 "The assignment network's error for three families of masks: against the masked "
                 "area the families differ, against the hidden ink they fall together") +
         "## Can it be read? {#experiment_reading}\n\nShare of restored images that a classifier reads "
         "rightly, in %, "
         "known pixels kept. Of undamaged images it reads " +
         fixed(100 * all("classifier", "accuracy on undamaged images"), 2) + " %.\n\n" +
         measure_table(results, "accuracy", 1, 100) +
         picture("experiment_reading",
                 "The share of restored images that are read rightly against the hidden ink, "
                 "for six restorers, a chart for each of three families of masks") +
         "## Whole image {#experiment_whole}\n\nMSE of the raw output over all pixels: what the assignment "
         "reports.\n\n" +
         measure_table(results, "whole", 4, 1);
}

}  // namespace mend::cli
