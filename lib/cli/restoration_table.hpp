#pragma once

#include <ostream>
#include <vector>

#include "cli/digits.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/metrics/assignment_table.hpp"

namespace mend::cli {

/// The assignment's 22 rows, measured, for a network and for three baselines, all under the same masks.
struct RestorationTable {
  std::vector<TableRow> table;                  ///< The network.
  std::vector<TableRow> black, mean, gaussian;  ///< leave_black, MeanFill and GaussianFill.
  std::size_t draws = 0;                        ///< Masks per test image and row.
};

/// Measures it on the test images; the baselines learn from the training images.
/// \param net  (N, 784) to (N, 784)  \param digits  training and test images
/// \param gaussian  fitted to the training images  \param draws  masks per test image and row, at least 1
RestorationTable measure_restorations(const Sequential<float>& net, const Digits& digits,
                                      const GaussianFill& gaussian, std::size_t draws);

/// On how many rows the network's error with known pixels kept is above a baseline's.
std::size_t rows_lost(const std::vector<TableRow>& network, const std::vector<TableRow>& baseline);

/// A line for each row, under two lines of heads, and one that says to whom the network loses.
void print_table(const RestorationTable& result, std::ostream& out);

}  // namespace mend::cli
