#include <algorithm>
#include <cmath>

#include "cli/claims/evidence.hpp"
#include "mend/layers/summary.hpp"

namespace mend::cli {
namespace {

std::string data_of_studies(const Evidence& evidence) {
  return with_commas(evidence.experiment.digits->test.dim(0)) + " test images, " +
         std::to_string(evidence.studies.draws) + " masks for each, " +
         std::to_string(evidence.studies.seeds) + " trainings of each network";
}

Claim context(const Evidence& evidence) {
  const Statistics& s = *evidence.studies.context;
  std::string finding;
  std::vector<Verdict> parts;
  Interval shown{};
  for (const std::string& row : s.rows()) {
    const Interval rise = s.difference(variant::other_context, variant::own_context, row, Measure::composite);
    parts.push_back(verdict_above(rise, 0));
    if (parts.size() == 1) shown = rise;
    finding += (finding.empty() ? "" : ", ") + row + ": " +
               fixed(s.of(variant::own_context, row, Measure::hole).estimate, 4) + " to " +
               fixed(s.of(variant::other_context, row, Measure::hole).estimate, 4);
  }
  return {
      .number = 24,
      .statement = "The network uses the pixels around the hole",
      .test = "surrounded by an image of the other class, the hole is restored worse",
      .data = data_of_studies(evidence),
      .finding = "the MSE in the hole rises, " + finding +
                 ". Under v21 the network is little better than the "
                 "mean image all the same: in the hole " +
                 fixed(evidence.statistics().of(contestant::assignment, "v21", Measure::hole).estimate, 4) +
                 ", the mean image " +
                 fixed(evidence.statistics().of(contestant::mean_fill, "v21", Measure::hole).estimate, 4),
      .interval = shown,
      .verdict = all_of(parts)};
}

// The geometric mean over some rows of the ratio of two variants' composite errors.
Interval ratio_over(const Statistics& s, const std::string& model, const std::vector<std::string>& rows) {
  Interval total{0, 0, 0};
  for (const std::string& row : rows) {
    const Interval one = s.ratio(model, contestant::assignment, row);
    const double n = static_cast<double>(rows.size());
    total = {total.estimate + std::log(one.estimate) / n, total.low + std::log(one.low) / n,
             total.high + std::log(one.high) / n};
  }
  return {std::exp(total.estimate), std::exp(total.low), std::exp(total.high)};
}

Claim generic(const Evidence& evidence) {
  struct LeftOut {
    std::string variant;
    MaskFamily family;
  };
  std::string finding;
  std::vector<Verdict> parts;
  Interval worst{0, 0, 0};
  for (const auto& [name, family] : {LeftOut{variant::no_vertical, MaskFamily::vertical_stripe},
                                     LeftOut{variant::no_horizontal, MaskFamily::horizontal_stripe},
                                     LeftOut{variant::no_patch, MaskFamily::patch}}) {
    std::vector<std::string> rows;
    for (const RowFacts& facts : evidence.experiment.rows)
      if (facts.row.family == family && facts.trained) rows.push_back(facts.row.name);
    const Interval ratio = ratio_over(*evidence.studies.variants, name, rows);
    parts.push_back(verdict_below(ratio, 1.1));
    if (ratio.estimate > worst.estimate) worst = ratio;
    finding += (finding.empty() ? "" : ", ") + name + " " + fixed(ratio.estimate, 2) + " times";
  }
  std::string untrained;
  for (const RowFacts& facts : evidence.experiment.rows)
    if (!facts.trained) untrained += (untrained.empty() ? "" : ", ") + facts.row.name;
  return {.number = 25,
          .statement = "The network handles different masking patterns generically",
          .test =
              "trained without one family, it errs under that family at most 1.1 times as much, known pixels "
              "kept",
          .data = data_of_studies(evidence),
          .finding = finding + " the error of the network that met all three. The table's rows " + untrained +
                     " lie outside of the training as it is",
          .interval = worst,
          .verdict = all_of(parts)};
}

Claim mixed_masks(const Evidence& evidence) {
  const Interval ratio =
      evidence.studies.variants->geometric_mean_ratio(variant::fixed_masks, contestant::assignment);
  return {.number = 26,
          .statement = "Masking each image once, before the training, makes the training mixed enough",
          .test = "its composite error is at most 1.02 times that of masks drawn anew for every batch",
          .data = data_of_studies(evidence),
          .finding = "it is " + with_interval(ratio, 3) + " times that, in the geometric mean over the rows",
          .interval = ratio,
          .verdict = verdict_below(ratio, 1.02)};
}

Claim capacity(const Evidence& evidence) {
  const Studies& s = evidence.studies;
  const Interval wide = s.variants->geometric_mean_ratio(variant::wide, contestant::assignment),
                 narrow = s.variants->geometric_mean_ratio(variant::narrow, contestant::assignment);
  return {.number = 27,
          .statement = "256 hidden units are sufficient",
          .test = "twice the width lowers the composite error by less than 2 %",
          .data = data_of_studies(evidence),
          .finding = "twice the width has " + with_interval(wide, 3) + ", half the width " +
                     with_interval(narrow, 3) +
                     " times the error. Undamaged images are copied with an MSE of " +
                     fixed(s.copying[0], 4) + " (twice the width: " + fixed(s.copying[1], 4) +
                     "); 64 principal components copy with " + fixed(s.pca_64, 4),
          .interval = wide,
          .verdict = verdict_above(wide, 0.98)};
}

Claim scratches(const Evidence& evidence) {
  const Studies& s = evidence.studies;
  std::string finding;
  const RowFacts* nearest = nullptr;
  for (const RowFacts& facts : s.further_rows) {
    if (facts.row.family != MaskFamily::scratches) continue;
    if (!nearest || std::abs(facts.area - 0.4) < std::abs(nearest->area - 0.4)) nearest = &facts;
    finding += (finding.empty() ? "" : ", ") + fixed(100 * facts.area, 1) + " % of the area: " +
               fixed(s.further->of(contestant::assignment, facts.row.name, Measure::whole).estimate, 4) +
               " (known kept " +
               fixed(s.further->of(contestant::assignment, facts.row.name, Measure::composite).estimate, 4) +
               ", Gaussian fill " +
               fixed(s.further->of(contestant::gaussian, facts.row.name, Measure::composite).estimate, 4) +
               ")";
  }
  if (!nearest) throw Error("claim 28: expected a row of scratches in the further study, found none");
  const Interval error = s.further->of(contestant::assignment, nearest->row.name, Measure::whole);
  return {.number = 28,
          .statement = "Scratches and lines can be handled up to about 40 % of the area",
          .test = "with " + fixed(100 * nearest->area, 0) +
                  " % of the area under scratches the MSE is below 0.04",
          .data = data_of_studies(evidence) + "; the assignment's training and table have no scratches",
          .finding = finding,
          .interval = error,
          .verdict = verdict_below(error, 0.04)};
}

Claim whole_is_quality(const Evidence& evidence) {
  const Statistics& s = evidence.statistics();
  double largest = 0;
  std::string row;
  std::size_t more_than_half = 0;
  for (const std::string& name : s.rows()) {
    const double share = 1 - s.of(contestant::assignment, name, Measure::composite).estimate /
                                 s.of(contestant::assignment, name, Measure::whole).estimate;
    more_than_half += share > 0.5;
    if (share > largest) largest = share, row = name;
  }
  const Interval whole = s.of(contestant::assignment, "p5", Measure::whole);
  const Interval restored = s.of(contestant::assignment, "p5", Measure::composite);
  return {.number = 29,
          .statement = "The MSE over the whole image measures the quality of the restoration",
          .test = "on every row most of it lies in the hole",
          .data = data_of(evidence),
          .finding = "on " + std::to_string(more_than_half) +
                     " of 22 rows most of it lies on pixels that were never "
                     "lost, up to " +
                     fixed(100 * largest, 0) + " % under " + row + ": " + with_interval(restored) + " of " +
                     with_interval(whole) + " under p5 is the hole's",
          .interval = restored,
          .verdict = verdict_if(more_than_half == 0)};
}

Claim slightly(const Evidence& evidence) {
  const Statistics& s = evidence.statistics();
  double seeds = 0, masks = 0;
  for (const std::string& row : s.rows()) {
    const double mean = s.of(contestant::assignment, row, Measure::whole).estimate;
    const Statistics::Spread spread = s.spread(contestant::assignment, row);
    seeds = std::max(seeds, spread.over_seeds / mean);
    masks = std::max(masks, spread.over_draws / mean);
  }
  return {.number = 30,
          .statement = "Results vary only slightly with the random start and the masks",
          .test = "on every row both standard deviations of the MSE are below 5 % of it",
          .data = data_of(evidence),
          .finding = "over trainings at most " + fixed(100 * seeds, 1) + " %, over draws of masks at most " +
                     fixed(100 * masks, 1) + " %; the assignment shows one run",
          .verdict = verdict_if(seeds < 0.05 && masks < 0.05)};
}

Claim learned_priors(const Evidence& evidence) {
  std::string finding;
  std::vector<Verdict> parts;
  Interval shown{};
  for (std::size_t judged = 0; judged < 2; ++judged) {
    const Interval ratio =
        evidence.studies.unseen[judged]->geometric_mean_ratio(variant::other_class, contestant::assignment);
    parts.push_back(verdict_above(ratio, 1.2));
    if (judged == 0) shown = ratio;
    finding += std::string(judged ? ", " : "") + "class " + evidence.experiment.digits->names[judged] + ": " +
               with_interval(ratio, 2) + " times";
  }
  return {.number = 31,
          .statement = "The network fills gaps from what it has learnt of digits",
          .test = "trained on the other class alone, its composite error is more than 1.2 times as large",
          .data = data_of_studies(evidence),
          .finding = finding + " the error of the network that learnt both",
          .interval = shown,
          .verdict = all_of(parts)};
}

Claim duration() {
  return {.number = 32,
          .statement = "Training takes 2 to 3 and 5 to 7 minutes on a CPU",
          .test = "the same program on the same machine",
          .data = "none: neither machine nor version is named",
          .finding = "the report of ./do run says how long it takes here",
          .verdict = Verdict::cannot_be_told};
}

}  // namespace

std::vector<Claim> claims_on_network(const Evidence& evidence) {
  return {context(evidence),  generic(evidence),        mixed_masks(evidence),
          capacity(evidence), scratches(evidence),      whole_is_quality(evidence),
          slightly(evidence), learned_priors(evidence), duration()};
}

}  // namespace mend::cli
