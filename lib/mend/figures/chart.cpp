#include "mend/figures/chart.hpp"

#include <cmath>

#include "mend/figures/chart_layout.hpp"
#include "mend/figures/chart_script.hpp"
#include "mend/figures/drawing.hpp"
#include "mend/figures/gnuplot.hpp"
#include "mend/files/csv.hpp"
#include "mend/tensor/error.hpp"

namespace mend {
namespace {

std::string name_of(const Chart& chart, const Series& series) {
  return "save_chart: series '" + series.name + "' of panel '" + chart.title + "'";
}

void require_positive(const std::string& what, const char* axis, const std::vector<double>& values) {
  for (const double value : values)
    if (value <= 0)
      throw Error(what + " has " + gnuplot_number(value) + " on the logarithmic " + axis +
                  " axis; only values above 0 have a place there");
}

void check(const Chart& chart) {
  for (const Series& series : chart.series) {
    const std::string name = name_of(chart, series);
    if (series.x.size() != series.y.size())
      throw Error(name + " has " + std::to_string(series.x.size()) + " x but " +
                  std::to_string(series.y.size()) + " y");
    if (series.low.size() != series.high.size() ||
        (!series.low.empty() && series.low.size() != series.y.size()))
      throw Error(name + " has " + std::to_string(series.y.size()) + " y but " +
                  std::to_string(series.low.size()) + " low and " + std::to_string(series.high.size()) +
                  " high");
    if (chart.log_x) require_positive(name, "x", series.x);
    if (chart.log_y)
      for (const auto* values : {&series.y, &series.low, &series.high}) require_positive(name, "y", *values);
    if ((chart.log_x || chart.log_y) && series.mark == Mark::bars)
      throw Error(name + " has bars; their length and width mean something on linear axes only");
  }
  for (const Level& level : chart.levels)
    if (!std::isfinite(level.y)) throw Error("save_chart: level '" + level.name + "' is not a finite number");
  if (chart.log_y)
    for (const Level& level : chart.levels)
      require_positive("save_chart: level '" + level.name + "'", "y", {level.y});
  if (chart.same_scale && (chart.log_x || chart.log_y))
    throw Error("save_chart: panel '" + chart.title + "' has a logarithmic axis and so no common scale");
}

Csv table(const std::vector<Chart>& panels) {
  const auto plain =
      [](std::string text) {  // gnuplot reads neither a doubled quote nor a line break inside a cell
        for (char& c : text) c = c == '"' ? '\'' : c == '\n' || c == '\r' ? ' ' : c;
        return text;
      };
  Csv csv({"panel", "series", "x", "y", "low", "high"});
  for (std::size_t p = 0; p < panels.size(); ++p)
    for (const Series& s : panels[p].series)
      for (std::size_t i = 0; i < s.x.size(); ++i)
        csv.add({panels[p].title.empty() ? std::to_string(p + 1) : plain(panels[p].title), plain(s.name),
                 s.x[i], s.y[i], s.low.empty() ? "" : Csv::Cell(s.low[i]),
                 s.high.empty() ? "" : Csv::Cell(s.high[i])});
  return csv;
}

}  // namespace

void save_chart(const std::filesystem::path& path, const std::vector<Chart>& panels, const std::string& alt,
                const std::string& caption, std::size_t columns) {
  require_alt_text("save_chart", alt);
  if (panels.empty()) throw Error("save_chart: there is no panel to draw");
  for (const Chart& chart : panels) check(chart);
  const Layout layout = laid_out(panels, columns);
  const std::size_t rows = (panels.size() + layout.columns - 1) / layout.columns;
  Drawing drawing{layout.panel_width() * static_cast<double>(layout.columns),
                  layout.panel_height() * static_cast<double>(rows), caption, alt, ""};
  const std::string csv = path.filename().string() + ".csv";
  std::size_t row = 0;  // of the table, where the data of a panel begin
  for (std::size_t p = 0; p < panels.size(); ++p) {
    drawing.commands += chart_script(drawing, layout, p, csv, row);
    for (const Series& series : panels[p].series) row += series.x.size();
  }
  table(panels).save(path.parent_path() / csv);
  save_drawing(path, drawing);
}

}  // namespace mend
