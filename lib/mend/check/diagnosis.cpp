#include "mend/check/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// Far above the rounding of both oracles, far below any mistake.
constexpr double negligible = 1e-8;

}  // namespace

std::string say(double number) {
  std::ostringstream out;
  out << std::setprecision(4) << number;
  return out.str();
}

std::string coordinate_name(const Shape& shape, std::size_t flat) {
  if (flat >= shape.size())
    throw ShapeError("coordinate_name: number " + std::to_string(flat) + " of a tensor of shape " +
                     to_string(shape));
  std::string text = ")";
  for (std::size_t axis = shape.rank(); axis-- > 0; flat /= shape[axis])
    text = (axis == 0 ? "" : ", ") + std::to_string(flat % shape[axis]) + text;
  return "(" + text;
}

std::string diagnose(const Tensor<double>& analytic, const Tensor<double>& truth) {
  require_same_shape("diagnose", analytic, truth);
  if (std::all_of(analytic.begin(), analytic.end(), [](double v) { return v == 0; }))
    return "it is zero everywhere, as if backward had never set it";

  // The factor that fits best, by least squares. Where it fits everywhere, it is the whole mistake.
  const double factor = dot(analytic, truth) / dot(truth, truth);
  const Tensor<double> rest = analytic - truth * factor;
  if (dot(rest, rest) <= negligible * negligible * dot(analytic, analytic)) {
    if (std::abs(factor + 1) <= negligible) return "its sign is wrong everywhere";
    const std::string times = std::abs(factor) < 1 ? "1/" + say(1 / factor) : say(factor);
    return "everywhere it is " + times + " times what it should be";
  }

  double scale = 0;
  for (const double v : truth) scale = std::max(scale, std::abs(v));
  std::size_t wrong = 0, worst = 0;
  double most = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double off = std::abs(analytic[i] - truth[i]);
    const double error = std::isnan(off) ? std::numeric_limits<double>::infinity() : off;
    if (error > negligible * scale) ++wrong;
    if (error > most) most = error, worst = i;
  }
  return std::to_string(wrong) + " of " + std::to_string(truth.size()) + " coordinates are wrong, worst " +
         coordinate_name(truth.shape(), worst) + ": " + say(analytic[worst]) + " instead of " +
         say(truth[worst]) + ", off by " + say(analytic[worst] - truth[worst]);
}

}  // namespace mend
