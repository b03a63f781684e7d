#pragma once

#include <cstddef>
#include <string>

#include "mend/figures/chart_layout.hpp"
#include "mend/figures/drawing.hpp"

namespace mend {

/// The gnuplot commands for one panel of a figure of charts.
/// \param drawing  the whole figure \param layout  of its panels \param panel  which one
/// \param csv  the file with columns panel, series, x, y, low, high \param first_row  where in it, below the header, the
///   points of this panel begin; they stand there series after series
std::string chart_script(const Drawing& drawing, const Layout& layout, std::size_t panel,
                         const std::string& csv, std::size_t first_row);

}  // namespace mend
