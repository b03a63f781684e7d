#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "cli/claims/claim.hpp"
#include "cli/claims/studies.hpp"
#include "cli/experiment/experiment_page.hpp"
#include "cli/text.hpp"
#include "mend/metrics/curve_fit.hpp"

// Internal to the judges of claims: what several of them ask of the measurements.
namespace mend::cli {

/// What the claims are judged by.
struct Evidence {
  const Experiment& experiment;  ///< The 22 rows.
  const Studies& studies;        ///< Further trainings and masks.
  const Statistics& statistics() const { return *experiment.statistics; }
  bool is_mnist() const { return experiment.digits->dataset == "MNIST"; }
};

/// "1,920 test images, 5 draws of masks, 5 trainings of the assignment's network".
std::string data_of(const Evidence& evidence);

/// The rows of a family, as numbers of rows of the table.
std::vector<std::size_t> rows_of(const Evidence& evidence, MaskFamily family);
/// Entries of `values` by number.
std::vector<double> pick(const std::vector<double>& values, const std::vector<std::size_t>& index);
/// A fact of every row: area or ink, in [0, 1].
std::vector<double> facts_of(const Evidence& evidence, double RowFacts::*fact);
/// What the assignment states of every row: its whole-image MSE.
std::vector<double> stated_errors();
/// y at x on the piecewise linear curve through the points, which have rising xs; beyond the ends its last slope.
double interpolate(const std::vector<double>& xs, const std::vector<double>& ys, double x);

/// The assignment network's raw error over the whole image: a statistic of its row means, with its interval.
template <class F>
Interval of_whole_errors(const Evidence& evidence, F statistic) {
  return evidence.statistics().functional(contestant::assignment, Measure::whole, statistic);
}

/// Where the error of a family rises through a level, area in percent; the first area when all are above, the
/// last when none is.
double crossing_percent(const Evidence& evidence, const std::vector<double>& row_errors, MaskFamily family,
                        double level);

std::vector<Claim> claims_on_data(const Evidence& evidence);  ///< 1 to 6: sizes, and Task 2.
std::vector<Claim> claims_on_table(
    const Evidence& evidence);  ///< 7 to 16: what follows from the table of 22 rows.
std::vector<Claim> claims_on_shape(
    const Evidence& evidence);  ///< 17 to 23: area, ink, and the shape of holes.
std::vector<Claim> claims_on_network(const Evidence& evidence);  ///< 24 to 32: how the network works.

}  // namespace mend::cli
