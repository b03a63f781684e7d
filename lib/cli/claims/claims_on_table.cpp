#include <algorithm>
#include <cmath>

#include "cli/claims/evidence.hpp"
#include "mend/metrics/assignment_table.hpp"

namespace mend::cli {
namespace {

using enum MaskFamily;

// The column "Masked %" of the assignment's table.
const std::vector<double> stated_percents = {10.7, 17.9, 25.0, 32.1, 39.3, 53.6, 75.0, 10.7,
                                             17.9, 25.0, 32.1, 39.3, 53.6, 75.0, 3.2,  6.2,
                                             10.3, 15.4, 21.6, 28.7, 36.9, 56.2};

Claim masked_percents(const Evidence& evidence) {
  double worst = 0;
  const std::vector<double> areas = facts_of(evidence, &RowFacts::area);
  for (std::size_t r = 0; r < areas.size(); ++r)
    worst = std::max(worst, std::abs(100 * areas[r] - stated_percents[r]));
  const auto ink = [&](std::size_t row) { return fixed(100 * evidence.experiment.rows[row].ink, 0); };
  return {.number = 7,
          .statement = "The masked percentages of the table",
          .test = "each within half a unit of its last digit",
          .data = "the masks, counted",
          .finding = "the largest deviation is " + fixed(worst, 2) +
                     " points. But area is not what is lost: the "
                     "patch of 17 hides " +
                     fixed(100 * areas[20], 0) + " % of the area and " + ink(20) +
                     " % of the ink, the vertical stripe of 11 " + fixed(100 * areas[4], 0) + " % and " +
                     ink(4) + " %",
          .verdict = verdict_if(worst <= 0.0501)};
}

Claim labels() {
  std::string wrong;
  std::size_t count = 0;
  for (const AssignmentRow& row : assignment_rows()) {
    const std::string earned = quality_label(row.whole);
    if (row.label.find(earned) != std::string::npos) continue;  // "Very Poor" counts as "Poor"
    wrong += (count++ ? ", " : "") + short_name(row) + " is " + earned;
  }
  return {.number = 8,
          .statement = "The quality labels follow from the thresholds 0.02 and 0.04",
          .test = "the label of each row computed from its MSE",
          .data = "the assignment's own table",
          .finding = std::to_string(count) + " of 22 are wrong: " + wrong + "; 'Very Poor' has no threshold",
          .verdict = verdict_if(count == 0)};
}

Claim good_is_readable(const Evidence& evidence) {
  const Statistics& s = evidence.statistics();
  Interval worst{1, 1, 1};
  std::string row = "none";
  std::size_t good = 0;
  for (const std::string& name : s.rows()) {
    if (s.of(contestant::assignment, name, Measure::whole).estimate >= 0.02) continue;
    ++good;
    const Interval accuracy = s.of(contestant::assignment, name, Measure::accuracy);
    if (accuracy.estimate < worst.estimate) worst = accuracy, row = name;
  }
  return {.number = 9,
          .statement = "Below an MSE of 0.02 the digits are clearly recognisable",
          .test =
              "on every row with a whole-image MSE below 0.02 the classifier reads at most 1 point less than "
              "undamaged",
          .data = data_of(evidence),
          .finding = std::to_string(good) + " rows are below 0.02; the worst of them, " + row +
                     ", is read rightly to " + fixed(100 * worst.estimate, 1) + " %, undamaged images to " +
                     fixed(100 * evidence.experiment.clean_accuracy, 1) + " %",
          .interval = worst,
          .verdict = good == 0 ? Verdict::cannot_be_told
                               : verdict_above(worst, evidence.experiment.clean_accuracy - 0.01)};
}

// The largest difference between stripes of one width, as the rows' errors have it.
double largest_difference(const std::vector<double>& errors) {
  double largest = 0;
  for (std::size_t i = 0; i < 7; ++i)
    if (std::abs(errors[i] - errors[7 + i]) > std::abs(largest)) largest = errors[i] - errors[7 + i];
  return largest;
}

Claim orientation(const Evidence& evidence) {
  const Interval difference = of_whole_errors(evidence, largest_difference);
  const double stated = largest_difference(stated_errors());
  return {.number = 10,
          .statement = "Vertical and horizontal stripes of one width differ by less than 0.002 in MSE",
          .test = "the largest difference over the seven widths lies within 0.002",
          .data = data_of(evidence),
          .finding = "vertical less horizontal is up to " + with_interval(difference) +
                     "; by the assignment's own "
                     "table " +
                     fixed(stated, 4),
          .interval = difference,
          .verdict = verdict_within(difference, -0.002, 0.002)};
}

Claim orientation_at_equal_ink(const Evidence& evidence) {
  const std::vector<double> ink = facts_of(evidence, &RowFacts::ink);
  const std::vector<std::size_t> vertical = rows_of(evidence, vertical_stripe),
                                 horizontal = rows_of(evidence, horizontal_stripe);
  const auto largest = [&](const std::vector<double>& errors) {
    double worst = 0;
    for (const std::size_t h : horizontal) {
      const double d = interpolate(pick(ink, vertical), pick(errors, vertical), ink[h]) - errors[h];
      if (std::abs(d) > std::abs(worst)) worst = d;
    }
    return worst;
  };
  const Interval difference = of_whole_errors(evidence, largest);
  return {.number = 11,
          .statement = "The network handles stripes equally well whatever their orientation",
          .test = "at equal hidden ink the largest difference lies within 0.002",
          .data = data_of(evidence),
          .finding = "vertical less horizontal at equal ink is up to " + with_interval(difference) +
                     ": most of what differs at equal width is that vertical stripes hide more ink",
          .interval = difference,
          .verdict = verdict_within(difference, -0.002, 0.002)};
}

// Where two families cross a threshold: both have to lie in the stated range, widened by 5 points.
Claim capacity(const Evidence& evidence, int number, const std::string& what,
               const std::vector<MaskFamily>& families, double level, double low, double high) {
  std::string finding;
  std::vector<Verdict> parts;
  Interval shown{};
  for (const MaskFamily family : families) {
    const auto at = [&](const std::vector<double>& errors) {
      return crossing_percent(evidence, errors, family, level);
    };
    const Interval area = of_whole_errors(evidence, at);
    parts.push_back(verdict_within(area, low - 5, high + 5));
    if (parts.size() == 1) shown = area;
    finding += (finding.empty() ? "" : "; ") + to_string(family) + ": " + with_interval(area, 1) +
               " % here, " + fixed(at(stated_errors()), 1) + " % by the assignment's own table";
  }
  return {.number = number,
          .statement = what + " up to " + fixed(low, 0) + " to " + fixed(high, 0) + " % of the area masked",
          .test = "the area at which the MSE rises through " + fixed(level, 2) +
                  " lies in that range, give or take 5 points",
          .data = data_of(evidence),
          .finding = finding,
          .interval = shown,
          .verdict = all_of(parts)};
}

Claim patch_capacity(const Evidence& evidence) {
  const Claim good = capacity(evidence, 14, "", {patch}, 0.02, 10, 15),
              acceptable = capacity(evidence, 14, "", {patch}, 0.04, 28, 36);
  return {
      .number = 14,
      .statement = "Patches are good up to 10 to 15 % and acceptable up to 28 to 36 %",
      .test =
          "the areas at which the MSE rises through 0.02 and 0.04 lie in those ranges, give or take 5 points",
      .data = data_of(evidence),
      .finding = "0.02 at a " + good.finding + "; 0.04 at a " + acceptable.finding,
      .interval = good.interval,
      .verdict = all_of({good.verdict, acceptable.verdict})};
}

Claim small_patches_best(const Evidence& evidence) {
  const Statistics& s = evidence.statistics();
  // The patch of 9 hides 10.3 % of the area, the stripes of 3 hide 10.7 %.
  const Interval against_black =
      s.difference(contestant::assignment, contestant::leave_black, "p5", Measure::whole);
  const auto at_equal_area = [](const std::vector<double>& errors) {
    return errors[16] / ((errors[0] + errors[7]) / 2);
  };
  const Interval ratio = s.functional(contestant::assignment, Measure::composite, at_equal_area);
  return {.number = 15,
          .statement = "Small patches are restored best",
          .test =
              "with known pixels kept, a patch of 9 has at most the error of stripes of 3, which hide as "
              "much area",
          .data = data_of(evidence),
          .finding = "its error is " + with_interval(ratio, 2) +
                     " times theirs; and under patches of 5 the network's "
                     "raw output is " +
                     with_interval(against_black) + " worse than leaving the hole black",
          .interval = ratio,
          .verdict = verdict_below(ratio, 1)};
}

Claim patches_efficient(const Evidence& evidence) {
  const auto gap = [&](const std::vector<double>& errors) {
    return crossing_percent(evidence, errors, patch, 0.02) -
           (crossing_percent(evidence, errors, vertical_stripe, 0.02) +
            crossing_percent(evidence, errors, horizontal_stripe, 0.02)) /
               2;
  };
  const Interval points = of_whole_errors(evidence, gap);
  return {.number = 16,
          .statement = "Patches are the more efficient masks",
          .test = "a patch may hide more area than a stripe before the MSE reaches 0.02",
          .data = data_of(evidence),
          .finding = "it reaches 0.02 at " + with_interval(points, 1) +
                     " points of area more than stripes do; by the assignment's own table at " +
                     fixed(gap(stated_errors()), 1),
          .interval = points,
          .verdict = verdict_above(points, 0)};
}

}  // namespace

std::vector<Claim> claims_on_table(const Evidence& evidence) {
  return {
      masked_percents(evidence),
      labels(),
      good_is_readable(evidence),
      orientation(evidence),
      orientation_at_equal_ink(evidence),
      capacity(evidence, 12, "Stripes are good", {vertical_stripe, horizontal_stripe}, 0.02, 10, 17),
      capacity(evidence, 13, "Stripes are acceptable", {vertical_stripe, horizontal_stripe}, 0.04, 30, 40),
      patch_capacity(evidence),
      small_patches_best(evidence),
      patches_efficient(evidence)};
}

}  // namespace mend::cli
