#include "mend/figures/axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mend {
namespace {

// 0.0001 up to 999999 are written out, others as powers of ten; with a real minus sign.
std::string label(double value, int decimals) {
  const double size = std::abs(value);
  char text[64];
  if (size == 0 || (size > 0.99e-4 && size < 0.9999e6)) {
    std::snprintf(text, sizeof text, "%.*f", size == 0 && decimals > 4 ? 0 : decimals, size);
  } else {
    const int exponent = static_cast<int>(std::floor(std::log10(size) + 1e-9));
    const double factor = size / std::pow(10, exponent);
    const std::string sign = exponent < 0 ? "\u2212" : "";
    const std::string power = "10^{" + sign + std::to_string(std::abs(exponent)) + "}";
    std::snprintf(text, sizeof text, "%.4g", factor);
    return (value < 0 ? "\u2212" : "") + (std::string(text) == "1" ? power : text + ("\u00d7" + power));
  }
  return (value < 0 && size > 0 ? "\u2212" : "") + std::string(text);
}

int decimals_of(double step) { return std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9))); }

std::vector<Tick> linear_ticks(const Range& range, std::size_t most, bool whole) {
  double step = nice_step(range.high - range.low, most);
  if (whole) step = std::max(step, 1.0);
  std::vector<Tick> result;
  const double slack = 1e-9 * step;
  for (double k = std::ceil((range.low - slack) / step); k * step <= range.high + slack; ++k)
    result.push_back({k * step + 0.0, label(k * step, decimals_of(step))});  // + 0.0: never -0
  return result;
}

// Every power of ten, or every second, third ... when they are many; between them 2 and 5 when they are few.
std::vector<Tick> logarithmic_ticks(const Range& range, std::size_t most) {
  const double decades = std::log10(range.high / range.low);
  const int stride =
      std::max(1, static_cast<int>(std::ceil(decades / static_cast<double>(std::max<std::size_t>(most, 1)))));
  std::vector<Tick> result;
  for (int exponent = static_cast<int>(std::floor(std::log10(range.low)));
       std::pow(10, exponent) <= range.high; ++exponent)
    for (int digit = 1; digit < 10; ++digit) {
      const double value = digit * std::pow(10, exponent);
      if (value < range.low * (1 - 1e-9) || value > range.high * (1 + 1e-9)) continue;
      const bool labelled = digit == 1 ? exponent % stride == 0 : decades < 1.5 && (digit == 2 || digit == 5);
      if (labelled)
        result.push_back({value, label(value, std::max(0, -exponent))});
      else if (stride == 1)
        result.push_back({value});
    }
  return result;
}

}  // namespace

void Range::include(double value) {
  if (!(std::abs(value) < 1e300)) return;  // also NaN; beyond 1e300 a span could overflow
  low = std::min(low, value);
  high = std::max(high, value);
}

double position(const Range& range, bool logarithmic, double value) {
  return logarithmic ? std::log(value / range.low) / std::log(range.high / range.low)
                     : (value - range.low) / (range.high - range.low);
}

Range padded(const Range& range, bool logarithmic, double share) {
  const double size = std::max(std::abs(range.low), std::abs(range.high));
  const bool same =
      range.high - range.low <= std::max(1e-9 * size, 1e-300);  // ticks could not tell them apart
  if (logarithmic) {
    const double factor = same ? 2 : std::pow(range.high / range.low, share);
    return {range.low / factor, range.high * factor};
  }
  const double pad = !same ? share * (range.high - range.low) : size > 1e-300 ? 0.1 * size : 1;
  return {range.low - pad, range.high + pad};
}

double nice_step(double span, std::size_t most) {
  const double least = span / static_cast<double>(std::max<std::size_t>(most, 1));
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double digit : {1, 2, 5})
    if (digit * power >= least * (1 - 1e-9)) return digit * power;
  return 10 * power;
}

std::vector<Tick> ticks(const Range& range, bool logarithmic, std::size_t most, bool whole) {
  // Less than five-fold, and a logarithmic axis is almost even: 1-2-5 would leave it one or two labels.
  if (!logarithmic || range.high < 5 * range.low) return linear_ticks(range, most, whole);
  return logarithmic_ticks(range, most);
}

}  // namespace mend
