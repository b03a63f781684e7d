#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mend {

/// How a series is drawn.
enum class Mark {
  line,         ///< A line; dash and colour differ from series to series.
  points,       ///< Markers; shape and colour differ from series to series.
  line_points,  ///< Both.
  bars          ///< Vertical bars from zero.
};

/// A named sequence of points; optionally with an interval around each y, drawn as a band about a line and as error
/// bars else. A point that is not finite is left out, and a line breaks there.
struct Series {
  std::string name;                         ///< In the legend; none when empty.
  std::vector<double> x = {}, y = {};       ///< Of equal length.
  std::vector<double> low = {}, high = {};  ///< Empty, or the ends of an interval for each y.
  Mark mark = Mark::line;                   ///< How it is drawn.
};

/// A horizontal line with a name: a baseline, a threshold.
struct Level {
  std::string name;  ///< Written beside the line.
  double y = 0;      ///< Where it lies.
};

/// One pair of axes.
struct Chart {
  std::string title;                       ///< Above the axes.
  std::string x_label = {}, y_label = {};  ///< With units.
  std::vector<Series> series = {};         ///< What is drawn.
  std::vector<Level> levels = {};          ///< Lines across.
  bool log_x = false, log_y = false;       ///< Logarithmic axes; values must then be above 0.
  bool same_scale = false;                 ///< One unit is as long on x as on y: for maps.
  std::vector<std::string> categories =
      {};  ///< Names for x = 0, 1, 2, ... in place of numbers; none when empty.
};

/// One figure of one or more charts, drawn by gnuplot.
///
/// Writes PATH.csv (panel, series, x, y, low, high), PATH.gp (the script), PATH.svg, PATH.png and PATH.alt.txt; anyone
/// can redraw the figure with `gnuplot PATH.gp` from its folder. Colours are Okabe and Ito's without yellow.
/// \param path  without an ending  \param panels  drawn left to right, then down  \param alt  what the figure shows, for
///   those who cannot see it: its finding, at least 40 characters  \param columns  panels in a row, 0 for all in one row
/// \param caption  a small line below: the data set and the seed
/// \throws Error when there is nothing to draw, lengths differ, a logarithmic axis meets a value that is not above 0,
///   the alt text is too short, a file cannot be written, or gnuplot is missing or fails; when it is missing, the data
///   and the script are written all the same
void save_chart(const std::filesystem::path& path, const std::vector<Chart>& panels, const std::string& alt,
                const std::string& caption = "", std::size_t columns = 0);

}  // namespace mend
