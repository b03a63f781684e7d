#include "mend/figures/chart_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

// About how wide a text is, in pixels: gnuplot tells no one before it draws.
double width_of(const std::string& text, double size) {
  return 0.6 * size * static_cast<double>(characters(text));
}

bool any(const Chart& chart, Mark mark) {
  return std::any_of(chart.series.begin(), chart.series.end(),
                     [&](const Series& s) { return s.mark == mark; });
}

// The least distance between two bars of a series, or 1.
double bar_distance(const Chart& chart) {
  double least = std::numeric_limits<double>::infinity();
  for (const Series& series : chart.series) {
    std::vector<double> x = series.x;
    std::erase_if(x, [](double value) { return !std::isfinite(value); });
    std::sort(x.begin(), x.end());
    for (std::size_t i = 1; i < x.size(); ++i)
      if (x[i] > x[i - 1]) least = std::min(least, x[i] - x[i - 1]);
  }
  return std::isfinite(least) ? least : 1;
}

Panel measured(const Chart& chart) {
  Panel panel{chart, {}, {}, {}, {}};
  for (const Series& series : chart.series)
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) continue;
      panel.x.include(series.x[i]);
      panel.y.include(series.y[i]);
      if (!series.low.empty()) panel.y.include(series.low[i]);
      if (!series.low.empty()) panel.y.include(series.high[i]);
    }
  if (panel.x.empty() || panel.y.empty())
    throw Error("save_chart: panel '" + chart.title + "' has nothing to draw: no point has a finite x and y");
  for (const Level& level : chart.levels) panel.y.include(level.y);

  if (any(chart, Mark::bars)) {
    panel.bar_width = 0.8 * bar_distance(chart);
    panel.y.include(0);
    panel.x = {panel.x.low - 0.75 * panel.bar_width, panel.x.high + 0.75 * panel.bar_width};
  } else {
    const bool only_lines =
        !any(chart, Mark::points) && !any(chart, Mark::line_points) && panel.x.low < panel.x.high;
    panel.x = padded(panel.x, chart.log_x, only_lines ? 0 : 0.03);
  }
  const Range y = panel.y;
  panel.y = padded(y, chart.log_y, 0.05);
  // Zero is where a reader looks for the foot of the axis, if it is near or if bars stand on it.
  const bool near_zero = !chart.log_y && !chart.same_scale && y.low >= 0 && y.low < 0.4 * y.high;
  if (near_zero || (panel.bar_width > 0 && y.low == 0)) panel.y.low = 0;
  if (panel.bar_width > 0 && y.high == 0 && y.low < 0) panel.y.high = 0;
  return panel;
}

void set_ticks(Panel& panel, double plot_width, double plot_height) {
  const Chart& chart = panel.chart;
  const bool whole = std::all_of(chart.series.begin(), chart.series.end(), [](const Series& s) {
    return std::all_of(s.x.begin(), s.x.end(),
                       [](double x) { return !std::isfinite(x) || x == std::floor(x); });
  });
  panel.x_ticks = ticks(panel.x, chart.log_x, static_cast<std::size_t>(plot_width / 55), whole);
  panel.y_ticks = ticks(panel.y, chart.log_y, static_cast<std::size_t>(plot_height / 35));
  if (chart.categories.empty()) return;
  panel.x_ticks.clear();
  const double room = plot_width / (panel.x.high - panel.x.low);  // for a name, in pixels
  for (std::size_t i = 0; i < chart.categories.size(); ++i)
    panel.x_ticks.push_back(
        {static_cast<double>(i), wrapped(chart.categories[i], static_cast<std::size_t>(room / 7.2))});
}

// Widens one of the ranges so that a unit is as long on x as on y.
void make_same_scale(Panel& panel, double plot_width, double plot_height) {
  const double x = panel.x.high - panel.x.low, y = panel.y.high - panel.y.low;
  const double unit = std::max(x / plot_width, y / plot_height);  // per pixel
  const double more_x = (unit * plot_width - x) / 2, more_y = (unit * plot_height - y) / 2;
  panel.x = {panel.x.low - more_x, panel.x.high + more_x};
  panel.y = {panel.y.low - more_y, panel.y.high + more_y};
}

// With the gaps beside it.
double level_width(const Level& level) {
  double width = 0;
  std::istringstream lines(level_text(level));
  for (std::string line; std::getline(lines, line);)
    width = std::max(width, width_of(line, level_style.size) + 18);
  return width;
}

// Room for what is written left of and below the axes.
void set_margins(Layout& layout) {
  double longest = 0;  // tick label
  std::size_t lines = 1;
  bool x_label = false, y_label = false;
  for (const Panel& panel : layout.panels) {
    for (const Tick& tick : panel.y_ticks) {
      const bool power = tick.label.find('{') != std::string::npos;  // its ^ and braces are not seen
      longest = std::max(longest, width_of(tick.label, 12) - (power ? width_of("^{}", 12) : 0));
    }
    for (const Tick& tick : panel.x_ticks) lines = std::max(lines, lines_in(tick.label));
    x_label = x_label || !panel.chart.x_label.empty();
    y_label = y_label || !panel.chart.y_label.empty();
  }
  layout.left = 22 + longest + (y_label ? 24 : 0);
  layout.bottom = 17 + 16 * static_cast<double>(lines) + (x_label ? 23 : 0);
}

}  // namespace

std::string level_text(const Level& level) { return wrapped(level.name, 16); }

std::string Layout::title(const Chart& chart) const {
  return wrapped(chart.title, static_cast<std::size_t>((plot_width + right) / 9));
}

double sample_width(Mark mark) { return mark == Mark::points ? 12 : mark == Mark::bars ? 16 : 30; }

std::vector<LegendEntry> Layout::legend(const Chart& chart) const {
  std::vector<LegendEntry> entries;
  double x = 0;
  std::size_t row = 0;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const Series& series = chart.series[i];
    if (series.name.empty()) continue;
    const double width = sample_width(series.mark) + 6 + width_of(series.name, legend_style.size);
    if (x > 0 && x + width > plot_width + right) {
      x = 0;
      ++row;
    }
    entries.push_back({i, x, row});
    x += width + 16;
  }
  return entries;
}

std::vector<double> level_places(const Panel& panel, double height) {
  const std::vector<Level>& levels = panel.chart.levels;
  std::vector<std::size_t> order(levels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return levels[a].y > levels[b].y; });
  std::vector<double> place(levels.size());
  double end = -1e9;  // of the name above
  for (const std::size_t i : order) {
    const double half =
        line_height(level_style) * static_cast<double>(lines_in(level_text(levels[i]))) / 2 + 1.5;
    place[i] = std::max(height * (1 - position(panel.y, panel.chart.log_y, levels[i].y)), end + half);
    end = place[i] + half;
  }
  double begin =
      height + line_height(level_style) / 2;  // the names must not run out below: push them back up
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    const double half =
        line_height(level_style) * static_cast<double>(lines_in(level_text(levels[*i]))) / 2 + 1.5;
    place[*i] = std::min(place[*i], begin - half);
    begin = place[*i] - half;
  }
  return place;
}

Layout laid_out(const std::vector<Chart>& charts, std::size_t columns) {
  Layout layout;
  for (const Chart& chart : charts) layout.panels.push_back(measured(chart));
  layout.columns = columns == 0 ? charts.size() : std::min(columns, charts.size());
  layout.plot_width = layout.columns == 1 ? 600 : layout.columns == 2 ? 360 : 250;
  layout.plot_height = charts.size() == 1 ? 320 : 220;
  for (const Chart& chart : charts)
    for (const Level& level : chart.levels) layout.right = std::max(layout.right, level_width(level));
  for (const Panel& panel : layout.panels) {
    const Chart& chart = panel.chart;
    const double title = line_height(title_style) * static_cast<double>(lines_in(layout.title(chart)));
    const auto legend = layout.legend(chart);
    const double rows = legend.empty() ? 0 : static_cast<double>(legend.back().row + 1);
    layout.top = std::max(layout.top, 16 + title + legend_row * rows + 12);
    if (!chart.same_scale) continue;
    const double wanted = layout.plot_width * (panel.y.high - panel.y.low) / (panel.x.high - panel.x.low);
    layout.plot_height =
        std::max(layout.plot_height, std::clamp(wanted, 0.6 * layout.plot_width, 0.9 * layout.plot_width));
  }
  for (Panel& panel : layout.panels) {
    if (panel.chart.same_scale) make_same_scale(panel, layout.plot_width, layout.plot_height);
    set_ticks(panel, layout.plot_width, layout.plot_height);
  }
  set_margins(layout);
  return layout;
}

}  // namespace mend
