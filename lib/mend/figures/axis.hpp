#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace mend {

/// From the least to the greatest of the numbers met so far.
struct Range {
  double low = std::numeric_limits<double>::infinity();    ///< The least.
  double high = -std::numeric_limits<double>::infinity();  ///< The greatest.

  void include(double value);                ///< Grows to hold the value, unless that is not a finite number.
  bool empty() const { return low > high; }  ///< Nothing was included.
};

/// How far the value lies from low (0) to high (1), on a linear or a logarithmic axis.
double position(const Range& range, bool logarithmic, double value);

/// The range with some of its own length added at both ends, so that no mark touches the frame; never of length 0.
Range padded(const Range& range, bool logarithmic, double share);

/// 1, 2 or 5 times a power of ten: the smallest such step that goes at most `most` times into the span.
double nice_step(double span, std::size_t most);

/// A mark on an axis.
struct Tick {
  double at = 0;           ///< Where.
  std::string label = {};  ///< In gnuplot's enhanced text; empty for a minor tick.
};

/// Ticks inside a range: 1-2-5 steps, with the same number of decimals; powers of ten on a logarithmic axis that spans
/// more than one and a half.
/// \param range  of the axis  \param logarithmic  whether the axis is
/// \param most  about how many labels there is room for  \param whole  no step below 1
std::vector<Tick> ticks(const Range& range, bool logarithmic, std::size_t most, bool whole = false);

}  // namespace mend
