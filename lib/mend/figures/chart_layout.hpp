#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mend/figures/axis.hpp"
#include "mend/figures/chart.hpp"
#include "mend/figures/drawing.hpp"

// Where the parts of a figure of charts lie. gnuplot could place them itself, but not the same for every panel, nor a
// legend above the axes that takes just the rows it needs.
namespace mend {

/// One pair of axes with what follows from its data.
struct Panel {
  Chart chart;                         ///< What is drawn.
  Range x, y;                          ///< The axes, all data inside.
  std::vector<Tick> x_ticks, y_ticks;  ///< On them.
  double bar_width = 0;                ///< Of all the bars at one x together, in units of x; 0 without bars.
};

/// A name in the legend of a panel.
struct LegendEntry {
  std::size_t series = 0;  ///< Which one.
  double x = 0;            ///< Where its sample begins, in pixels from the left side of the axes.
  std::size_t row = 0;     ///< In which row, from the top.
};

/// Where everything lies, in pixels: the same in all panels, so that their axes align.
struct Layout {
  std::vector<Panel> panels;               ///< Left to right, then down.
  std::size_t columns = 1;                 ///< Panels side by side.
  double plot_width = 0, plot_height = 0;  ///< Of the axes.
  double left = 0, right = 16;             ///< Margins for the labels of the y axis and of levels.
  double top = 14, bottom = 0;  ///< Margins for title and legend, and for the labels of the x axis.

  double panel_width() const { return left + plot_width + right; }    ///< With its margins.
  double panel_height() const { return top + plot_height + bottom; }  ///< With its margins.
  std::string title(const Chart& chart) const;                        ///< Broken into lines that fit.
  std::vector<LegendEntry> legend(const Chart& chart) const;          ///< Row by row, as many as fit.
};

inline constexpr TextStyle title_style{14, "#1A1A1A", "left", true};  ///< Above a panel.
inline constexpr TextStyle legend_style{12};                          ///< Below the title.
inline constexpr TextStyle level_style{11, "#4D4D4D"};                ///< Right of the axes.
constexpr double legend_row = 19;  ///< Pixels from one row of a legend to the next.

/// How wide the sample before a name is, in pixels.
double sample_width(Mark mark);

/// The name of a level, broken into short lines.
std::string level_text(const Level& level);

/// Where the names of levels go so that none lies on another: as near to their lines as that allows.
/// \param panel  with levels \param height  of its axes \return for each level the middle of its name, in pixels below
///   the top of the axes
std::vector<double> level_places(const Panel& panel, double height);

/// Ranges, ticks and margins. \throws Error for a panel without a single point
Layout laid_out(const std::vector<Chart>& charts, std::size_t columns);

}  // namespace mend
