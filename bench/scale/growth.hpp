#pragma once

#include <string>
#include <vector>

#include "mend/figures/chart.hpp"
#include "mend/files/csv.hpp"

// How time and memory of Task 3's training grow, and how the work that has to be done grows.
namespace scale {

/// What is varied while the rest stays as the assignment has it.
enum class Axis {
  batch,   ///< Rows of a step.
  width,   ///< Of each of the three hidden layers.
  images,  ///< Of the training, kept as bytes.
  threads  ///< Of the products.
};

/// "batch".
std::string to_string(Axis axis);
/// The reverse. \throws mend::Error for another text
Axis axis_named(const std::string& name);

/// What one training showed.
struct Point {
  Axis axis = Axis::batch;
  std::size_t value = 1, threads = 1;
  double seconds_per_step = 0, seconds_per_epoch = 0;
  double peak_mib = 0;  ///< Of the whole process.
};

/// The multiplications of a step, or, along the axis of images, of an epoch; divided by the threads that share them.
double work(Axis axis, std::size_t value);
/// The time that is to grow like work(): of a step, or of an epoch along the axis of images.
double seconds(const Point& point);

/// The slope of log y over log x, by least squares over the upper half of the points, where what costs the same at any
/// size no longer counts. \param x  ascending, as many as y \throws mend::Error for less than two
double slope(const std::vector<double>& x, const std::vector<double>& y);

/// How the time grows along one axis with so many threads.
struct Growth {
  Axis axis = Axis::batch;
  std::size_t threads = 1;  ///< 0 along the axis of threads.
  double measured = 0;      ///< Slope of the time.
  double expected = 0;      ///< Slope of the work.
  /// Whether the time grows faster than the work, by more than what measurements leave open. Not asked of threads, which
  /// share the work but never perfectly.
  bool too_fast() const { return axis != Axis::threads && measured > expected + 0.1; }
};

/// A growth for each axis and number of threads among the points.
std::vector<Growth> growths(const std::vector<Point>& points);

/// For programs: axis, value, threads, seconds_per_step, peak_mib, expected_slope, seconds_per_epoch. The expected
/// slope is that of the time of a step, in which more images change nothing.
mend::Csv to_csv(const std::vector<Point>& points);
/// The points of such a table. \throws mend::Error when a column is missing or holds something else
std::vector<Point> from_csv(const mend::CsvTable& table);
/// Time first, then memory, against batch, width and images where there are such points; the line is the work, through
/// the last point.
std::vector<mend::Chart> charts(const std::vector<Point>& points);
/// What the figure shows, in words.
std::string finding(const std::vector<Point>& points);

}  // namespace scale
