#include "cli/claims/evidence.hpp"

#include <cmath>

#include "mend/layers/summary.hpp"
#include "mend/metrics/assignment_table.hpp"

namespace mend::cli {

std::string data_of(const Evidence& evidence) {
  const Experiment& e = evidence.experiment;
  return with_commas(e.digits->test.dim(0)) + " test images, " + std::to_string(e.draws) +
         " masks for each, " + std::to_string(e.seeds) + " trainings";
}

std::vector<std::size_t> rows_of(const Evidence& evidence, MaskFamily family) {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < evidence.experiment.rows.size(); ++r)
    if (evidence.experiment.rows[r].row.family == family) rows.push_back(r);
  return rows;
}

std::vector<double> pick(const std::vector<double>& values, const std::vector<std::size_t>& index) {
  std::vector<double> picked;
  picked.reserve(index.size());
  for (const std::size_t i : index) picked.push_back(values[i]);
  return picked;
}

std::vector<double> facts_of(const Evidence& evidence, double RowFacts::*fact) {
  std::vector<double> values;
  for (const RowFacts& facts : evidence.experiment.rows) values.push_back(facts.*fact);
  return values;
}

std::vector<double> stated_errors() {
  std::vector<double> values;
  for (const AssignmentRow& row : assignment_rows()) values.push_back(row.whole);
  return values;
}

double interpolate(const std::vector<double>& xs, const std::vector<double>& ys, double x) {
  std::size_t right = 1;
  while (right + 1 < xs.size() && xs[right] < x) ++right;
  const double slope = (ys[right] - ys[right - 1]) / (xs[right] - xs[right - 1]);
  return ys[right - 1] + slope * (x - xs[right - 1]);
}

double crossing_percent(const Evidence& evidence, const std::vector<double>& row_errors, MaskFamily family,
                        double level) {
  const std::vector<std::size_t> rows = rows_of(evidence, family);
  const std::vector<double> areas = pick(facts_of(evidence, &RowFacts::area), rows);
  const std::vector<double> errors = pick(row_errors, rows);
  const double area = crossing(areas, errors, level);
  return 100 * (!std::isnan(area) ? area : errors.front() >= level ? areas.front() : areas.back());
}

}  // namespace mend::cli
