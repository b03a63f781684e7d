#include "scale/growth.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "mend/tensor/error.hpp"

namespace scale {
namespace {

constexpr Axis axes[] = {Axis::batch, Axis::width, Axis::images, Axis::threads};

// Those of one axis and number of threads, 0 for any, by value.
std::vector<Point> along(const std::vector<Point>& points, Axis axis, std::size_t threads) {
  std::vector<Point> chosen;
  for (const Point& point : points)
    if (point.axis == axis && (threads == 0 || point.threads == threads)) chosen.push_back(point);
  std::sort(chosen.begin(), chosen.end(), [](const Point& a, const Point& b) { return a.value < b.value; });
  return chosen;
}

template <class F>
std::vector<double> each(const std::vector<Point>& points, F f) {
  std::vector<double> numbers;
  for (const Point& point : points) numbers.push_back(static_cast<double>(f(point)));
  return numbers;
}

std::vector<double> values(const std::vector<Point>& points) {
  return each(points, [](const Point& p) { return p.value; });
}

std::vector<std::size_t> thread_numbers(const std::vector<Point>& points) {
  std::vector<std::size_t> numbers;
  for (const Point& point : points) numbers.push_back(point.threads);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

std::string threads_in_words(std::size_t threads) {
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

std::string short_number(double number, const char* format = "%.2f") {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

}  // namespace

std::string to_string(Axis axis) {
  switch (axis) {
    case Axis::batch:
      return "batch";
    case Axis::width:
      return "width";
    case Axis::images:
      return "images";
    case Axis::threads:
      return "threads";
  }
  throw mend::Error("to_string: no axis with number " + std::to_string(static_cast<int>(axis)));
}

Axis axis_named(const std::string& name) {
  for (const Axis axis : axes)
    if (to_string(axis) == name) return axis;
  throw mend::Error("axis_named: expected batch, width, images or threads, found '" + name + "'");
}

double work(Axis axis, std::size_t value) {
  const double v = static_cast<double>(value);
  switch (axis) {
    case Axis::batch:
    case Axis::images:
      return v;
    // Forward, dW, and dx of all layers but the first: 784 -> v -> v -> v -> 784.
    case Axis::width:
      return 3 * (784 * v + v * v + v * v + v * 784) - 784 * v;
    case Axis::threads:
      return 1 / v;
  }
  throw mend::Error("work: no axis with number " + std::to_string(static_cast<int>(axis)));
}

double seconds(const Point& point) {
  return point.axis == Axis::images ? point.seconds_per_epoch : point.seconds_per_step;
}

double slope(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 2 || x.size() != y.size())
    throw mend::Error("slope: expected at least two points, found " + std::to_string(x.size()) + " x and " +
                      std::to_string(y.size()) + " y");
  const std::size_t first = x.size() > 3 ? x.size() / 2 : 0;
  double n = 0, mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  for (std::size_t i = first; i < x.size(); ++i) n += 1, mean_x += std::log(x[i]), mean_y += std::log(y[i]);
  mean_x /= n;
  mean_y /= n;
  for (std::size_t i = first; i < x.size(); ++i) {
    xx += (std::log(x[i]) - mean_x) * (std::log(x[i]) - mean_x);
    xy += (std::log(x[i]) - mean_x) * (std::log(y[i]) - mean_y);
  }
  return xy / xx;
}

std::vector<Growth> growths(const std::vector<Point>& points) {
  std::vector<Growth> all;
  for (const Axis axis : axes) {
    const auto numbers =
        axis == Axis::threads ? std::vector<std::size_t>{0} : thread_numbers(along(points, axis, 0));
    for (const std::size_t threads : numbers) {
      const std::vector<Point> line = along(points, axis, threads);
      if (line.size() < 2) continue;
      const auto work_here = each(line, [](const Point& p) { return work(p.axis, p.value); });
      all.push_back(
          {axis, threads, slope(values(line), each(line, seconds)), slope(values(line), work_here)});
    }
  }
  return all;
}

mend::Csv to_csv(const std::vector<Point>& points) {
  const std::vector<Growth> all = growths(points);
  mend::Csv csv(
      {"axis", "value", "threads", "seconds_per_step", "peak_mib", "expected_slope", "seconds_per_epoch"});
  for (const Point& point : points) {
    const auto growth = std::find_if(all.begin(), all.end(), [&](const Growth& g) {
      return g.axis == point.axis && (g.threads == 0 || g.threads == point.threads);
    });
    const double expected = growth == all.end() ? std::nan("") : growth->expected;
    csv.add({to_string(point.axis), point.value, point.threads, point.seconds_per_step, point.peak_mib,
             point.axis == Axis::images ? 0.0 : expected, point.seconds_per_epoch});
  }
  return csv;
}

std::vector<Point> from_csv(const mend::CsvTable& table) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto count = [&](const char* column) { return static_cast<std::size_t>(table.number(i, column)); };
    points.push_back({axis_named(table.cell(i, "axis")), count("value"), count("threads"),
                      table.number(i, "seconds_per_step"), table.number(i, "seconds_per_epoch"),
                      table.number(i, "peak_mib")});
  }
  return points;
}

std::vector<mend::Chart> charts(const std::vector<Point>& points) {
  const std::string x_labels[] = {"images in a batch", "width of each hidden layer", "training images"};
  std::vector<mend::Chart> time, memory;
  for (const Axis axis : {Axis::batch, Axis::width, Axis::images}) {
    if (along(points, axis, 0).empty()) continue;
    mend::Chart seconds_chart, memory_chart;
    seconds_chart.x_label = memory_chart.x_label = x_labels[static_cast<std::size_t>(axis)];
    seconds_chart.y_label = axis == Axis::images ? "seconds per epoch" : "seconds per step";
    memory_chart.y_label = "peak memory of the process in MiB";
    seconds_chart.log_x = seconds_chart.log_y = memory_chart.log_x = memory_chart.log_y = true;
    for (const std::size_t threads : thread_numbers(along(points, axis, 0))) {
      const std::vector<Point> line = along(points, axis, threads);
      const auto times = each(line, seconds), peaks = each(line, [](const Point&p) { return p.peak_mib; });
      seconds_chart.series.push_back(
          {threads_in_words(threads), values(line), times, {}, {}, mend::Mark::points});
      memory_chart.series.push_back(
          {threads_in_words(threads), values(line), peaks, {}, {}, mend::Mark::points});
    }
    const std::vector<Point> line = along(points, axis, 1);
    if (!line.empty()) {
      const double scale = seconds(line.back()) / work(axis, line.back().value);
      seconds_chart.series.push_back({"as the multiplications", values(line), each(line, [&](const Point& p) {
                                        return scale * work(axis, p.value);
                                      })});
    }
    time.push_back(std::move(seconds_chart));
    memory.push_back(std::move(memory_chart));
  }
  time.insert(time.end(), memory.begin(), memory.end());
  return time;
}

std::string finding(const std::vector<Point>& points) {
  std::string slopes, fast;
  for (const Growth& growth : growths(points)) {
    if (growth.axis == Axis::threads) continue;
    const std::string who =
        to_string(growth.axis) + (growth.threads > 0 ? " on " + threads_in_words(growth.threads) : "");
    slopes += (slopes.empty() ? "" : "; ") + who + " " + short_number(growth.measured) + " (" +
              short_number(growth.expected) + ")";
    if (growth.too_fast()) fast += (fast.empty() ? "" : ", ") + who;
  }
  std::string shared, memory;
  const std::vector<Point> threads = along(points, Axis::threads, 0);
  if (threads.size() > 1)
    shared = " On " + threads_in_words(threads.back().threads) + " a step takes " +
             short_number(seconds(threads.back()) / seconds(threads.front())) + " of its time on one.";
  const std::vector<Point> images = along(points, Axis::images, 1);
  if (images.size() > 1) {
    const Point &first = images.front(), &last = images.back();
    memory = " Each further image costs " +
             short_number(1024 * (last.peak_mib - first.peak_mib) /
                          static_cast<double>(last.value - first.value)) +
             " KiB of memory.";
  }
  return (fast.empty() ? "Time grows nowhere faster than the multiplications that have to be done."
                       : "Time grows faster than the multiplications that have to be done: " + fast + ".") +
         " Slopes on logarithmic axes over the upper half, in brackets those of the multiplications: " +
         slopes + "." + shared + memory;
}

}  // namespace scale
