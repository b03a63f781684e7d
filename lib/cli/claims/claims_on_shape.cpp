#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "cli/claims/evidence.hpp"

namespace mend::cli {
namespace {

using enum MaskFamily;

// What is left of y after a quadratic curve in x.
std::vector<double> residuals(const std::vector<double>& x, std::vector<double> y) {
  const CurveFit fit = fit_curve(CurveKind::quadratic, x, y);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] -= fit(x[i]);
  return y;
}

// The coefficient of `group` (1 or 0 a row) beside a quadratic curve in x, by least squares: the regression of
// residuals on residuals (Frisch and Waugh 1933).
double group_effect(const std::vector<double>& x, const std::vector<double>& y,
                    const std::vector<double>& group) {
  const std::vector<double> ry = residuals(x, y), rg = residuals(x, group);
  return std::inner_product(ry.begin(), ry.end(), rg.begin(), 0.0) /
         std::inner_product(rg.begin(), rg.end(), rg.begin(), 0.0);
}

std::vector<double> is_patch(const Evidence& evidence) {
  std::vector<double> group;
  for (const RowFacts& facts : evidence.experiment.rows) group.push_back(facts.row.family == patch);
  return group;
}

// By how much the error rises from 0.02 to 0.04 for each 10 points of area.
double slope(const Evidence& evidence, const std::vector<double>& errors, MaskFamily family) {
  const double points =
      crossing_percent(evidence, errors, family, 0.04) - crossing_percent(evidence, errors, family, 0.02);
  return 0.02 * 10 /
         std::max(points, 0.1);  // a curve that does not reach both levels has no slope between them
}

Claim degrade_faster(const Evidence& evidence) {
  const Interval ratio = of_whole_errors(evidence, [&](const std::vector<double>& errors) {
    return slope(evidence, errors, patch) /
           ((slope(evidence, errors, vertical_stripe) + slope(evidence, errors, horizontal_stripe)) / 2);
  });
  const std::vector<double> area = facts_of(evidence, &RowFacts::area),
                            ink = facts_of(evidence, &RowFacts::ink), group = is_patch(evidence);
  const Interval effect = of_whole_errors(
      evidence, [&](const std::vector<double>& errors) { return group_effect(ink, errors, group); });
  const std::vector<double> errors = evidence.statistics().row_means(contestant::assignment, Measure::whole);
  return {.number = 17,
          .statement = "Patches degrade faster than stripes as more of the area is masked",
          .test = "from an MSE of 0.02 to 0.04, a patch needs fewer points of area than a stripe",
          .data = data_of(evidence),
          .finding = "it rises " + with_interval(ratio, 2) +
                     " times as fast. A quadratic curve in the area explains " +
                     fixed(100 * fit_curve(CurveKind::quadratic, area, errors).r_squared, 1) +
                     " % of the variance of the 22 errors, in "
                     "the hidden ink " +
                     fixed(100 * fit_curve(CurveKind::quadratic, ink, errors).r_squared, 1) +
                     " %; at equal ink a patch differs from a stripe by " + with_interval(effect),
          .interval = ratio,
          .verdict = verdict_above(ratio, 1)};
}

// The name of the curve with the lowest AICc, and by how much the exponential one lies above it.
std::pair<std::string, double> best_curve(const std::vector<double>& x, const std::vector<double>& y) {
  const std::vector<std::pair<std::string, CurveFit>> fits = {
      {"a straight line", fit_curve(CurveKind::linear, x, y)},
      {"a quadratic curve", fit_curve(CurveKind::quadratic, x, y)},
      {"an exponential one", fit_curve(CurveKind::exponential, x, y)},
      {"a saturating one", fit_curve(CurveKind::saturating, x, y)}};
  std::string name;
  double best = std::numeric_limits<double>::infinity();
  for (const auto& [candidate, fit] : fits)
    if (fit.aicc < best) best = fit.aicc, name = candidate;
  return {name, fits[2].second.aicc - best};
}

Claim exponential(const Evidence& evidence) {
  const std::vector<double> area = facts_of(evidence, &RowFacts::area),
                            errors = evidence.statistics().row_means(contestant::assignment, Measure::whole);
  std::string finding, stated;
  bool all = true;
  for (const MaskFamily family : assignment_families) {
    const std::vector<std::size_t> rows = rows_of(evidence, family);
    const auto [name, excess] = best_curve(pick(area, rows), pick(errors, rows));
    finding += (finding.empty() ? "" : ", ") + to_string(family) + ": " + name +
               (excess > 0 ? " (exponential: AICc " + fixed(excess, 1) + " higher)" : "");
    stated += (stated.empty() ? "" : ", ") + best_curve(pick(area, rows), pick(stated_errors(), rows)).first;
    all = all && excess == 0;
  }
  return {
      .number = 18,
      .statement = "The MSE rises exponentially with the masked area",
      .test =
          "in each family an exponential curve has the lowest AICc among linear, quadratic, exponential and "
          "saturating",
      .data = data_of(evidence),
      .finding = "the best are " + finding + ". In the assignment's own table: " + stated,
      .verdict = verdict_if(all)};
}

Claim at_ninety_percent(const Evidence& evidence) {
  const Statistics& s = *evidence.studies.further;
  std::string finding;
  std::vector<Verdict> parts;
  Interval shown{};
  for (const std::string row : {"v25", "h25", "p26"}) {
    const Interval difference =
        s.difference(contestant::assignment, contestant::mean_fill, row, Measure::composite);
    parts.push_back(verdict_below(difference, 0));
    if (parts.size() == 1) shown = difference;
    finding += (finding.empty() ? "" : ", ") + row + ": " +
               fixed(s.of(contestant::assignment, row, Measure::whole).estimate, 4) + " (known kept " +
               fixed(s.of(contestant::assignment, row, Measure::composite).estimate, 4) + ", mean fill " +
               fixed(s.of(contestant::mean_fill, row, Measure::composite).estimate, 4) + ")";
  }
  return {
      .number = 19,
      .statement = "Even at 90 % masked the MSE is about 0.06, no complete failure",
      .test =
          "with known pixels kept, the network beats the mean image in the hole at 86 to 89 % of the area",
      .data = "a test image each under stripes of 25 and patches of 26, which the assignment has no row for",
      .finding =
          finding + "; the mean image alone has " + fixed(evidence.experiment.digits->mean_test_mse, 4),
      .interval = shown,
      .verdict = all_of(parts)};
}

Claim beyond_half(const Evidence& evidence) {
  const Statistics& s = evidence.statistics();
  double second = 0;
  for (const std::uint8_t v : evidence.experiment.second) second += v;
  const double share = second / static_cast<double>(evidence.experiment.second.size()),
               guess = std::max(share, 1 - share);
  std::vector<Verdict> parts;
  std::string finding;
  Interval worst{2, 2, 2};
  for (const RowFacts& facts : evidence.experiment.rows) {
    if (facts.area < 0.5) continue;
    const Interval error = s.of(contestant::assignment, facts.row.name, Measure::whole),
                   accuracy = s.of(contestant::assignment, facts.row.name, Measure::accuracy);
    parts.push_back(verdict_above(error, 0.04));
    parts.push_back(verdict_above(accuracy, guess));
    if (accuracy.estimate < worst.estimate) worst = accuracy;
    finding += (finding.empty() ? "" : ", ") + facts.row.name + ": MSE " + fixed(error.estimate, 4) +
               ", read " + fixed(100 * accuracy.estimate, 1) + " %";
  }
  return {
      .number = 20,
      .statement = "Beyond half of the area the quality is poor, but digits remain partly recognisable",
      .test =
          "on every row above 50 % the MSE is above 0.04, and the classifier reads more than guessing the "
          "more frequent class would",
      .data = data_of(evidence),
      .finding = finding + "; guessing: " + fixed(100 * guess, 1) + " %",
      .interval = worst,
      .verdict = all_of(parts)};
}

Claim gradual(const Evidence& evidence) {
  const std::vector<double> area = facts_of(evidence, &RowFacts::area);
  // The steepest step between neighbouring rows, over the slope of the whole curve of its family.
  const Interval steepest = of_whole_errors(evidence, [&](const std::vector<double>& errors) {
    double worst = 0;
    for (const MaskFamily family : assignment_families) {
      const std::vector<std::size_t> rows = rows_of(evidence, family);
      const double mean = (errors[rows.back()] - errors[rows[0]]) / (area[rows.back()] - area[rows[0]]);
      for (std::size_t i = 1; i < rows.size(); ++i)
        worst = std::max(
            worst, (errors[rows[i]] - errors[rows[i - 1]]) / (area[rows[i]] - area[rows[i - 1]]) / mean);
    }
    return worst;
  });
  return {
      .number = 21,
      .statement = "There is no sharp point of failure: the quality falls gradually",
      .test =
          "no step between neighbouring rows is three times as steep as the curve of its family on average",
      .data = data_of(evidence),
      .finding = "the steepest step is " + with_interval(steepest, 2) + " times as steep",
      .interval = steepest,
      .verdict = verdict_below(steepest, 3)};
}

Claim scattered_damage(const Evidence& evidence) {
  const Statistics &s = evidence.statistics(), &further = *evidence.studies.further;
  const auto composite = [](const Statistics& of, const std::string& model, const std::string& row) {
    return of.of(model, row, Measure::composite);
  };
  const Interval network = composite(further, contestant::assignment, "scattered 15"),
                 patch_11 = composite(s, contestant::assignment, "p11");
  return {
      .number = 22,
      .statement = "Small scattered damage is easier to restore than concentrated damage of the same area",
      .test =
          "with known pixels kept, 15 % scattered pixels have a smaller error than patches of 11 (15.4 %): "
          "intervals apart",
      .data = data_of(evidence) + "; scattered pixels are new to the network",
      .finding = "the network: " + with_interval(network) + " against " + with_interval(patch_11) +
                 "; the Gaussian fill: " +
                 with_interval(composite(further, contestant::gaussian, "scattered 15"), 5) + " against " +
                 with_interval(composite(s, contestant::gaussian, "p11")) +
                 ". The assignment also says the opposite, that small concentrated masks work better",
      .interval = network,
      .verdict = network.high < patch_11.low   ? Verdict::holds
                 : network.low > patch_11.high ? Verdict::does_not_hold
                                               : Verdict::cannot_be_told};
}

Claim edges(const Evidence& evidence) {
  std::vector<double> group = is_patch(evidence);
  for (double& g : group) g = 1 - g;
  const std::vector<double> ink = facts_of(evidence, &RowFacts::ink),
                            perimeter = facts_of(evidence, &RowFacts::perimeter_to_area),
                            distance = facts_of(evidence, &RowFacts::distance_to_known);
  const auto effect = [&](const std::vector<double>& x) {
    return evidence.statistics().functional(
        contestant::assignment, Measure::composite,
        [&](const std::vector<double>& errors) { return group_effect(x, errors, group); });
  };
  const Interval at_ink = effect(ink);
  return {.number = 23,
          .statement = "The continuous edges of stripes guide the restoration",
          .test = "at equal hidden ink, with known pixels kept, a stripe has a smaller error than a patch",
          .data = data_of(evidence),
          .finding = "stripe less patch at equal ink " + with_interval(at_ink) +
                     "; at equal distance to the nearest "
                     "known pixel " +
                     with_interval(effect(distance)) + ", at equal perimeter to area " +
                     with_interval(effect(perimeter)),
          .interval = at_ink,
          .verdict = verdict_below(at_ink, 0)};
}

}  // namespace

std::vector<Claim> claims_on_shape(const Evidence& evidence) {
  return {degrade_faster(evidence), exponential(evidence), at_ninety_percent(evidence),
          beyond_half(evidence),    gradual(evidence),     scattered_damage(evidence),
          edges(evidence)};
}

}  // namespace mend::cli
