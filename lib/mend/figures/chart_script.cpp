#include "mend/figures/chart_script.hpp"

#include <array>
#include <sstream>

#include "mend/figures/gnuplot.hpp"

namespace mend {
namespace {

// Okabe and Ito's colours without yellow, which is lost on white. Dash and marker change along, for those who see no
// colour; from the seventh series on the colours return with other dashes and markers.
constexpr std::array colours{"0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9"};
constexpr std::array dashes{"solid", "(9,4)", "(2,3)", "(9,3,2,3)", "(18,5)", "(5,3)"};
constexpr std::array markers{"7",  "9", "5",
                             "13", "6", "8"};  // disc, triangle, square, diamond, ring, open triangle
constexpr std::size_t many = 300;  // from so many points on markers are small and let others shine through

struct Style {
  explicit Style(std::size_t series)
      : colour(colours[series % colours.size()]),
        line(std::string(" lw 2 dt ") + dashes[(series + series / dashes.size()) % dashes.size()]),
        marker(std::string(" pt ") + markers[(series + series / markers.size()) % markers.size()]) {}

  std::string colour, line, marker;
};

// The colour of a line; opacity from "00", all, to "FF", nothing.
std::string coloured(const std::string& colour, const std::string& opacity = "") {
  return " lc rgb '#" + opacity + colour + "'";
}

std::string range_command(const std::string& axis, const Range& range, bool logarithmic) {
  return "set " + axis + "range [" + gnuplot_number(range.low) + ":" + gnuplot_number(range.high) + "]\n" +
         (logarithmic ? "set logscale " + axis + "\n" : "");
}

std::string ticks_command(const std::string& axis, const std::vector<Tick>& list, bool literal) {
  std::ostringstream out;
  out << "set " << axis << "tics " << (literal ? "noenhanced " : "") << "(";
  for (std::size_t i = 0; i < list.size(); ++i)
    out << (i > 0 ? ", " : "") << gnuplot_text(list[i].label) << ' ' << gnuplot_number(list[i].at)
        << (list[i].label.empty() ? " 1" : "");
  out << ")\n";
  return out.str();
}

// The samples and names above the axes. gnuplot's own legend takes another number of rows in SVG than in PNG.
std::string legend_commands(const Drawing& drawing, const Layout& layout, const Chart& chart, double left,
                            double top) {
  std::ostringstream out;
  for (const LegendEntry& entry : layout.legend(chart)) {
    const Series& series = chart.series[entry.series];
    const Style style(entry.series);
    const double x = left + entry.x, y = top + legend_row * static_cast<double>(entry.row);
    const double end = x + sample_width(series.mark), middle = (x + end) / 2;
    if (series.mark == Mark::bars)
      out << "set object rectangle from " << drawing.at(x, y - 5) << " to " << drawing.at(end, y + 5)
          << " fs solid noborder fc rgb '#" << style.colour << "'\n";
    if (series.mark == Mark::line || series.mark == Mark::line_points)
      out << "set arrow from " << drawing.at(x, y) << " to " << drawing.at(end, y) << " nohead" << style.line
          << coloured(style.colour) << "\n";
    if (series.mark == Mark::points || series.mark == Mark::line_points)
      out << "set label '' at " << drawing.at(middle, y) << " point" << style.marker << " ps 0.9"
          << coloured(style.colour) << "\n";
    out << drawing.words(series.name, end + 6, y, legend_style);
  }
  return out.str();
}

std::string level_commands(const Drawing& drawing, const Layout& layout, const Panel& panel, double left,
                           double top) {
  std::ostringstream out;
  const std::vector<double> places = level_places(panel, layout.plot_height);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string text = level_text(panel.chart.levels[i]), y = gnuplot_number(panel.chart.levels[i].y);
    const double up = line_height(level_style) * (static_cast<double>(lines_in(text)) - 1) / 2;
    out << "set arrow from graph 0, first " << y << " to graph 1, first " << y << " nohead "
        << (panel.bar_width > 0 ? "front" : "back") << " lw 1.2 dt (5,3) lc rgb '#595959'\n"
        << drawing.words(text, left + layout.plot_width + 6, top + places[i] - up, level_style);
  }
  return out.str();
}

// What is plotted: first bands and bars, so that they hide nothing, then error bars, then lines and markers.
std::string plot_command(const Drawing& drawing, const Panel& panel, const std::string& csv,
                         std::size_t row) {
  const std::string cap = gnuplot_number(4 / drawing.width);  // an error bar ends in 4 pixels to each side
  const std::vector<Series>& series = panel.chart.series;
  std::size_t bars = 0, bar = 0;
  for (const Series& s : series) bars += s.mark == Mark::bars;
  std::array<std::string, 3> layers;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const Series& s = series[i];
    if (s.x.empty()) continue;
    const Style style(i);
    const std::string rows = ", \\\n  " + gnuplot_text(csv) + " skip 1 every ::" + std::to_string(row) +
                             "::" + std::to_string(row + s.x.size() - 1) + " using ";
    row += s.x.size();
    std::string x = "(cell(3))", colour = coloured(style.colour);
    if (s.mark == Mark::bars) {
      const double width = panel.bar_width / static_cast<double>(bars);
      const double shift = (static_cast<double>(bar++) + 0.5) * width - panel.bar_width / 2;
      x = "(cell(3)+" + gnuplot_number(shift) + ")";
      layers[0] += rows + x + ":(cell(4)):(" + gnuplot_number(width) +
                   ") with boxes fs solid 1 border rgb 'white'" + colour;
      colour = coloured("333333");
    } else if (s.mark == Mark::points) {
      const bool crowded = s.x.size() > many;
      layers[2] += rows + x + ":(cell(4)) with points" + style.marker + " ps " + (crowded ? "0.5" : "0.9") +
                   coloured(style.colour, crowded ? "70" : "");
    } else {
      const std::size_t apart = (s.x.size() + 29) / 30;  // a marker at every point would hide a long line
      layers[2] +=
          rows + x + ":(cell(4)) with " +
          (s.mark == Mark::line ? "lines"
                                : "linespoints" + style.marker + " ps 0.9 pi " + std::to_string(apart)) +
          style.line + colour;
    }
    if (s.low.empty()) continue;
    if (s.mark == Mark::line)
      layers[0] += rows + x + ":(cell(5)):(cell(6)) with filledcurves" + coloured(style.colour, "D0");
    else
      layers[1] += rows + x + ":(cell(5)):(0):(cell(6)-cell(5)) with vectors heads size screen " + cap +
                   ",90 lw 1.3" + colour;
  }
  return "plot " + (layers[0] + layers[1] + layers[2]).substr(6) + "\n";  // without the first ", \"
}

}  // namespace

std::string chart_script(const Drawing& drawing, const Layout& layout, std::size_t index,
                         const std::string& csv, std::size_t first_row) {
  const Panel& panel = layout.panels[index];
  const Chart& chart = panel.chart;
  const std::size_t row = index / layout.columns, column = index % layout.columns;
  const double left = layout.panel_width() * static_cast<double>(column) + layout.left;
  const double top = layout.panel_height() * static_cast<double>(row) + layout.top;
  const double middle = left + layout.plot_width / 2, bottom = top + layout.plot_height;
  const auto legend = layout.legend(chart);
  const double rows = legend.empty() ? 0 : static_cast<double>(legend.back().row + 1);
  const double legend_top = top - 14 - legend_row * (rows - 0.5);
  const std::string title = layout.title(chart);
  const double title_top =
      top - 16 - legend_row * rows - line_height(title_style) * (static_cast<double>(lines_in(title)) - 0.5);
  std::ostringstream out;
  out << "\n# panel " << index + 1 << "\nreset\nset datafile separator comma\n"
      << drawing.margins(left, top, layout.plot_width, layout.plot_height)
      << "set border 3 lw 1 lc rgb '#8C8C8C'\n"
      << "set tics nomirror out scale 0.5,0.25 font ',12' textcolor rgb '#333333'\n"
      << "set grid back lt 1 lw 0.7 lc rgb '#E6E6E6'\n"
      << "unset key\n"
      << range_command("x", panel.x, chart.log_x)
      << ticks_command("x", panel.x_ticks, !chart.categories.empty())
      << range_command("y", panel.y, chart.log_y) << ticks_command("y", panel.y_ticks, false)
      << drawing.words(title, left, title_top, title_style)
      << drawing.words(chart.x_label, middle, bottom + layout.bottom - 14, {13, "#333333", "center"})
      << drawing.words(chart.y_label, left - layout.left + 16, (top + bottom) / 2,
                       {13, "#333333", "center", false, true})
      << legend_commands(drawing, layout, chart, left, legend_top)
      << level_commands(drawing, layout, panel, left, top) << plot_command(drawing, panel, csv, first_row);
  return out.str();
}

}  // namespace mend
