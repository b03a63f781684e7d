#include "report/scale.hpp"

#include <algorithm>
#include <cmath>

#include "mend/tensor/error.hpp"

namespace bench {

std::vector<std::string> scale_axes(const mend::CsvTable& scale) {
  std::vector<std::string> axes;
  for (std::size_t i = 0; i < scale.rows(); ++i)
    if (std::find(axes.begin(), axes.end(), scale.cell(i, "axis")) == axes.end())
      axes.push_back(scale.cell(i, "axis"));
  return axes;
}

double measured_slope(const mend::CsvTable& scale, const std::string& axis) {
  std::vector<std::pair<double, double>> points;
  double fewest = INFINITY;
  for (std::size_t i = 0; i < scale.rows(); ++i)
    if (scale.cell(i, "axis") == axis) fewest = std::fmin(fewest, scale.number(i, "threads"));
  for (std::size_t i = 0; i < scale.rows(); ++i)
    if (scale.cell(i, "axis") == axis && (axis == "threads" || scale.number(i, "threads") == fewest))
      points.emplace_back(std::log(scale.number(i, "value")), std::log(scale.number(i, "seconds_per_step")));
  std::sort(points.begin(), points.end());
  if (points.size() > 3)
    points.erase(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(points.size() / 2));
  if (points.size() < 2) throw mend::Error("scale.csv: axis '" + axis + "' has less than two values");
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& [a, b] : points) n += 1, x += a, y += b, xx += a * a, xy += a * b;
  return (n * xy - x * y) / (n * xx - x * x);
}

std::vector<mend::Chart> scale_charts(const mend::CsvTable& scale) {
  std::vector<mend::Chart> charts;
  for (const std::string& axis : scale_axes(scale)) {
    mend::Chart chart{"time against " + axis, axis, "seconds a step"};
    chart.log_x = chart.log_y = true;
    std::vector<mend::Series> by_threads;
    mend::Series expected{"expected slope"};
    for (std::size_t i = 0; i < scale.rows(); ++i) {
      if (scale.cell(i, "axis") != axis) continue;
      const std::string name = axis == "threads" ? ""
                                                 : scale.cell(i, "threads") + " thread" +
                                                       (scale.number(i, "threads") == 1 ? "" : "s");
      auto series =
          std::find_if(by_threads.begin(), by_threads.end(), [&](const auto& s) { return s.name == name; });
      if (series == by_threads.end())
        series = by_threads.insert(series, mend::Series{name}), series->mark = mend::Mark::line_points;
      series->x.push_back(scale.number(i, "value"));
      series->y.push_back(scale.number(i, "seconds_per_step"));
    }
    // Through the last point of the first series, with the slope that the table states there.
    for (std::size_t i = 0; i < scale.rows(); ++i)
      if (scale.cell(i, "axis") == axis && std::isfinite(scale.number(i, "expected_slope"))) {
        const mend::Series& first = by_threads.front();
        const double slope = scale.number(i, "expected_slope");
        for (const double x : {first.x.front(), first.x.back()}) {
          expected.x.push_back(x);
          expected.y.push_back(first.y.back() * std::pow(x / first.x.back(), slope));
        }
        break;
      }
    chart.series = std::move(by_threads);
    if (!expected.x.empty()) chart.series.push_back(std::move(expected));
    charts.push_back(std::move(chart));
  }
  return charts;
}

}  // namespace bench
