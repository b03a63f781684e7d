#pragma once

#include <string>
#include <vector>

#include "mend/figures/chart.hpp"
#include "mend/files/csv.hpp"

namespace bench {

/// Time against what grows, a panel for each axis, with the slope that is expected. \param scale  scale.csv
std::vector<mend::Chart> scale_charts(const mend::CsvTable& scale);
/// The slope of log seconds over log value on one thread, by least squares, over the upper half of the values.
/// \throws mend::Error when the axis has less than two values
double measured_slope(const mend::CsvTable& scale, const std::string& axis);
/// The axes of the table, in its order.
std::vector<std::string> scale_axes(const mend::CsvTable& scale);

}  // namespace bench
