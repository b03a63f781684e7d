#include "cli/restoration_table.hpp"

#include <cstdio>

#include "mend/baselines/leave_black.hpp"
#include "mend/baselines/mean_fill.hpp"

namespace mend::cli {

RestorationTable measure_restorations(const Sequential<float>& net, const Digits& digits,
                                      const GaussianFill& gaussian, std::size_t draws) {
  const auto table = [&](const Restorer& restore) { return measure_table(restore, digits.test, draws); };
  RestorationTable result;
  result.draws = draws;
  result.table = table([&](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); });
  result.black = table(leave_black);
  result.mean = table(MeanFill(digits.train));
  result.gaussian = table(gaussian);
  return result;
}

std::size_t rows_lost(const std::vector<TableRow>& network, const std::vector<TableRow>& baseline) {
  std::size_t lost = 0;
  for (std::size_t i = 0; i < network.size(); ++i)
    lost += network[i].error.composite.whole > baseline[i].error.composite.whole;
  return lost;
}

void print_table(const RestorationTable& result, std::ostream& out) {
  out << "                              network                          known pixels kept          "
         "assignment\n"
         "mask               masked %   whole    hole    ring   known   network  black   mean  "
         "Gaussian  whole\n";
  for (std::size_t i = 0; i < result.table.size(); ++i) {
    const TableRow& row = result.table[i];
    const ErrorParts& raw = row.error.raw;
    char line[128];
    std::snprintf(
        line, sizeof line, "%-17s %2zu  %5.1f  %.4f  %.4f  %.4f  %.4f   %.4f  %.4f  %.4f  %.4f    %.4f\n",
        to_string(row.stated.family).c_str(), row.stated.size, 100 * row.masked_share, raw.whole, raw.hole,
        raw.ring, raw.known, row.error.composite.whole, result.black[i].error.composite.whole,
        result.mean[i].error.composite.whole, result.gaussian[i].error.composite.whole, row.stated.whole);
    out << line;
  }
  out << "with known pixels kept the network loses to the Gaussian fill on "
      << rows_lost(result.table, result.gaussian) << ", to the mean fill on "
      << rows_lost(result.table, result.mean) << ", to black holes on "
      << rows_lost(result.table, result.black) << " of " << result.table.size() << " rows\n";
}

}  // namespace mend::cli
