#include "cli/experiment/experiment_page.hpp"

#include <algorithm>
#include <cmath>

#include "cli/experiment/gate.hpp"
#include "cli/html.hpp"
#include "cli/text.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/metrics/curve_fit.hpp"

namespace mend::cli {
namespace {

using Table = std::vector<std::vector<std::string>>;

// "0.0186 ± 0.0003": the half width of the interval, which is nearly symmetric.
std::string with_half_width(const Interval& i, int digits, double scale = 1) {
  return fixed(scale * i.estimate, digits) + " &plusmn; " + fixed(scale * (i.high - i.low) / 2, digits);
}

std::vector<std::string> names(const Experiment& e) {
  std::vector<std::string> result;
  for (const Contestant& c : e.contestants) result.push_back(c.name);
  return result;
}

std::vector<std::string> head(std::vector<std::string> first, const std::vector<std::string>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

std::string gate(const Experiment& e) {
  std::string html =
      "<h2>The baseline gate</h2>\n<p>A network that restores has to beat what needs no training. "
      "Rows count where the paired 95&nbsp;% interval of the difference in composite error lies on one "
      "side of zero.</p>\n<ul>\n";
  for (const std::string& sentence : gate_sentences(e)) {
    const bool loses = sentence.find("loses to no baseline") == std::string::npos;
    html += "<li>" + (loses ? flagged(sentence) : sentence) + "</li>\n";
  }
  Table rows;
  for (const Standing& s : standings(e))
    rows.push_back({s.network + " against " + s.baseline, std::to_string(s.wins), std::to_string(s.losses),
                    std::to_string(s.rows - s.wins - s.losses), std::to_string(s.raw_losses),
                    with_half_width(e.statistics->geometric_mean_ratio(s.network, s.baseline), 3)});
  return html + "</ul>\n" +
         html_table(
             "Rows won, lost and undecided, and the geometric mean over all rows of the ratio of composite "
             "errors",
             {"", "won", "lost", "undecided", "lost by the raw output", "ratio of errors"}, rows);
}

std::string composites(const Experiment& e) {
  Table rows;
  for (const RowFacts& facts : e.rows) {
    std::vector<std::string> cells = {facts.row.name, fixed(100 * facts.area, 1), fixed(100 * facts.ink, 1)};
    for (const Contestant& c : e.contestants) {
      const std::string text =
          with_half_width(e.statistics->of(c.name, facts.row.name, Measure::composite), 4);
      const bool loses = c.is_network && !beaten_by(e, c.name, facts.row.name).empty();
      cells.push_back(loses ? flagged(text) : text);
    }
    rows.push_back(std::move(cells));
  }
  return "<h2>Error with the known pixels kept</h2>\n" +
         html_table(
             "Composite MSE with the half width of its 95&nbsp;% interval. Marked: a network that loses to a "
             "baseline with certainty. v, h: a vertical or horizontal stripe of so many pixels; p: a square "
             "patch of that side",
             head({"mask", "area %", "ink %"}, names(e)), rows);
}

std::string four_ways(const Experiment& e) {
  Table rows;
  for (const RowFacts& facts : e.rows) {
    const auto value = [&](const std::string& model, Measure measure) {
      return fixed(e.statistics->of(model, facts.row.name, measure).estimate, 4);
    };
    const Statistics::Spread spread = e.statistics->spread(contestant::assignment, facts.row.name);
    rows.push_back(
        {facts.row.name, value(contestant::assignment, Measure::whole),
         value(contestant::assignment, Measure::hole), value(contestant::assignment, Measure::ring),
         value(contestant::assignment, Measure::known), value(contestant::assignment, Measure::composite),
         value(contestant::better, Measure::hole), value(contestant::gaussian, Measure::hole),
         value(contestant::mean_fill, Measure::hole), fixed(spread.over_seeds, 5),
         fixed(spread.over_draws, 5)});
  }
  return "<h2>Where the error lies</h2>\n" +
         html_table(
             "The assignment network's MSE over the whole image, the hole, the ring of width 2 around the "
             "hole, "
             "all known pixels, and the image with known pixels kept; beside it the error inside the hole of "
             "others; and how much its whole-image error varies between trainings and between draws of masks "
             "(standard deviation)",
             {"mask", "whole", "hole", "ring", "known", "composite", "better restorer, hole",
              "Gaussian fill, hole", "mean fill, hole", "sd over trainings", "sd over masks"},
             rows);
}

std::string readings(const Experiment& e, Measure measure, const std::string& title) {
  Table rows;
  for (const RowFacts& facts : e.rows) {
    std::vector<std::string> cells = {facts.row.name};
    for (const Contestant& c : e.contestants)
      cells.push_back(with_half_width(e.statistics->of(c.name, facts.row.name, measure), 1, 100));
    rows.push_back(std::move(cells));
  }
  return html_table(title, head({"mask"}, names(e)), rows);
}

std::string crossings(const Experiment& e) {
  Table rows;
  for (const MaskFamily family : assignment_families)
    for (const Contestant& c : e.contestants) {
      std::vector<std::string> cells = {to_string(family), c.name};
      for (const double level : {0.02, 0.04})
        for (const Measure measure : {Measure::composite, Measure::whole}) {
          const double area = crossing_area(e, c.name, family, measure, level);
          cells.push_back(std::isnan(area) ? "&ndash;" : fixed(area, 1));
        }
      rows.push_back(std::move(cells));
    }
  return "<h2>How much can be masked?</h2>\n" +
         html_table(
             "The masked area in % at which the error rises through the assignment's thresholds 0.02 and "
             "0.04, "
             "between rows by straight lines; a dash where it does not within the rows",
             {"family", "", "0.02, known pixels kept", "0.02, raw", "0.04, known pixels kept", "0.04, raw"},
             rows);
}

}  // namespace

double crossing_area(const Experiment& experiment, const std::string& contestant, MaskFamily family,
                     Measure measure, double level) {
  std::vector<double> areas, errors;
  for (const RowFacts& facts : experiment.rows) {
    if (facts.row.family != family) continue;
    areas.push_back(100 * facts.area);
    errors.push_back(experiment.statistics->of(contestant, facts.row.name, measure).estimate);
  }
  return crossing(areas, errors, level);
}

void write_experiment_page(const Experiment& e, const RunOptions& options) {
  const auto figure = [&](const std::string& name, const std::string& text) {
    return html_figure(options.out / ("experiment_" + name), text);
  };
  const std::string body =
      "<h1>Who restores best?</h1>\n<p class=\"lead\">" + escape_html(caption(*e.digits, options)) +
      ".</p>\n<p>" + std::to_string(e.contestants.size()) +
      " restorers, the assignment's 22 rows of masks. All see the same frozen masks: " +
      std::to_string(e.draws) + " for each test image and row. Networks are trained " +
      std::to_string(e.seeds) +
      " times. Intervals are 95&nbsp;% bootstrap intervals over images and trainings.</p>\n" +
      figure("ratio", "Every row, as a multiple of the Gaussian fill's error. Below 1 is better.") + gate(e) +
      figure("error", "Composite error against the masked area.") + composites(e) + four_ways(e) +
      crossings(e) +
      figure("shape",
             "Is a patch harder than a stripe? Of the same area, yes; of the same hidden ink, hardly.") +
      "<h2>Can it be read?</h2>\n<p>A classifier that was trained on undamaged images reads " +
      fixed(100 * e.clean_accuracy, 2) + "&nbsp;% of the undamaged test images rightly.</p>\n" +
      figure("reading", "What it reads rightly after restoration, known pixels kept.") +
      readings(e, Measure::accuracy, "Read rightly, in %") +
      readings(e, Measure::flip, "Read as another class than the undamaged image, in %") +
      "<h2>A look at them</h2>\n" +
      figure("cases",
             "Best, middling and worst restorations under patches of 13 x 13 that hide at least a fifth of "
             "the ink.") +
      figure("maps", "Where the errors are: bright is large.") +
      "<p>All numbers with their intervals: <code>experiment.csv</code>. Every figure as SVG and PNG, with "
      "its data and "
      "script.</p>\n";
  write_file(options.out / "experiment.html", html_page("mend: who restores best?", body));
}

}  // namespace mend::cli
