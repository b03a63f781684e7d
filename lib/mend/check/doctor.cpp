#include "mend/check/doctor.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// Far above the rounding of a true pattern, far below any mistake that a pattern explains.
constexpr double negligible = 1e-8;

bool same(const Tensor<double>& a, const Tensor<double>& b) {
  const Tensor<double> rest = a - b;
  return dot(rest, rest) <= negligible * negligible * dot(a, a);
}

bool close(double a, double b) { return std::abs(a - b) <= negligible * std::abs(b); }

// The factor that fits best, by least squares. Where it fits everywhere, it is the whole mistake.
std::optional<Diagnosis> find_factor(const Evidence& e) {
  const double factor = dot(e.analytic, e.truth) / dot(e.truth, e.truth);
  if (!std::isfinite(factor) || !same(e.analytic, e.truth * factor)) return {};
  if (close(factor, 1)) return {};
  const std::string all = "every entry is ", should = " what it should be";
  if (close(factor, -1)) return Diagnosis{Cause::sign, "every entry has the wrong sign"};
  if (close(factor, 2))
    return Diagnosis{Cause::twice, all + "twice" + should + ": a factor 2 or a sum too many"};
  if (close(factor, 0.5))
    return Diagnosis{Cause::half, all + "half of" + should + ": the 2 from the slope of a square is missing"};
  struct Count {
    std::size_t size;
    Cause times, over;
    std::string what, verdict;
  };
  const Count counts[] = {
      {e.rows, Cause::times_n, Cause::over_n, "the batch has that many rows",
       e.of_loss ? "" : "; the loss divides by N, a layer never does"},
      {e.columns, Cause::times_d, Cause::over_d, "y has that many columns", ""},
      {e.rows * e.columns, Cause::times_size, Cause::over_size, "y has that many entries", ""}};
  for (const Count& c : counts) {
    if (c.size < 2) continue;
    const double n = static_cast<double>(c.size);
    if (close(factor, n))
      return Diagnosis{c.times, all + say(n) + " times" + should + ", and " + c.what + c.verdict};
    if (close(factor, 1 / n))
      return Diagnosis{c.over, all + "1/" + say(n) + " of" + should + ", and " + c.what + c.verdict};
  }
  const std::string times = std::abs(factor) < 1 ? "1/" + say(1 / factor) : say(factor);
  return Diagnosis{Cause::constant_factor, all + times + " times" + should};
}

// The row-major gradient of the transposed tensor, which fits into the same memory.
std::optional<Diagnosis> find_transpose(const Evidence& e) {
  if (e.shape.rank() != 2 || e.coordinates.size() != e.shape.size() || e.shape[0] < 2 || e.shape[1] < 2)
    return {};
  const Tensor<double> truth = e.truth.reshaped(e.shape);
  if (!same(e.analytic, transpose(truth).reshaped({e.shape.size()}))) return {};
  return Diagnosis{Cause::transposed,
                   "its entries are those of the transposed gradient: the factors of a product "
                   "are in the wrong order"};
}

std::optional<Diagnosis> find_offset(const Evidence& e) {
  const Tensor<double> off = e.analytic - e.truth;
  const double first = off.size() > 1 ? off[0] : 0;
  if (first == 0 || !same(off, Tensor<double>(off.shape(), first))) return {};
  return Diagnosis{Cause::offset, "every entry is off by the same " + say(first)};
}

// "at the last index of axis 1" when all these entries lie there, and others do not.
std::string common_border(const Shape& shape, const Coordinates& wrong) {
  std::size_t stride = shape.size();
  for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
    const std::size_t extent = shape[axis];
    stride /= extent;
    const auto all_at = [&](std::size_t index) {
      return std::all_of(wrong.begin(), wrong.end(),
                         [&](std::size_t i) { return i / stride % extent == index; });
    };
    for (const bool last : {false, true})
      if (extent > 1 && all_at(last ? extent - 1 : 0))
        return std::string("at the ") + (last ? "last" : "first") + " index of axis " + std::to_string(axis);
  }
  return "";
}

Diagnosis locate(const Evidence& e) {
  const double scale = largest(e.truth);
  Coordinates wrong;
  std::size_t worst = 0;
  const auto off = [&](std::size_t k) { return std::abs(e.analytic[k] - e.truth[k]); };
  for (std::size_t k = 0; k < e.truth.size(); ++k) {
    if (off(k) > e.exactness * scale) wrong.push_back(e.coordinates[k]);
    if (off(k) > off(worst)) worst = k;
  }
  const std::string example = coordinate_name(e.shape, e.coordinates[worst]) + " is " +
                              say(e.analytic[worst]) + " instead of " + say(e.truth[worst]);
  const std::string of_all = " of " + std::to_string(e.truth.size()) + " entries are wrong";
  const bool few = wrong.size() < e.truth.size();
  if (few && wrong.size() == 1) return {Cause::one_coordinate, "only one entry is wrong: " + example};
  if (wrong.empty() || !few)
    return {Cause::different, "all" + of_all + ", and not by one factor; at worst " + example};
  const std::string border = common_border(e.shape, wrong), count = std::to_string(wrong.size()) + of_all;
  if (!border.empty()) return {Cause::border, count + ", all of them " + border + "; at worst " + example};
  return {Cause::some_coordinates, count + "; at worst " + example};
}

}  // namespace

Diagnosis diagnose(const Evidence& e) {
  require_same_shape("diagnose", e.analytic, e.truth);
  if (e.analytic.shape() != Shape{e.coordinates.size()})
    throw ShapeError("diagnose: gradients are " + to_string(e.analytic.shape()) + " for " +
                     std::to_string(e.coordinates.size()) + " coordinates");
  const auto bad =
      std::find_if(e.analytic.begin(), e.analytic.end(), [](double v) { return !std::isfinite(v); });
  if (bad != e.analytic.end()) {
    const auto k = static_cast<std::size_t>(bad - e.analytic.begin());
    return {
        Cause::not_finite,
        coordinate_name(e.shape, e.coordinates[k]) + " is " + say(*bad) + ", the first of " +
            std::to_string(std::count_if(bad, e.analytic.end(), [](double v) { return !std::isfinite(v); })) +
            " such entries"};
  }
  if (std::all_of(e.analytic.begin(), e.analytic.end(), [](double v) { return v == 0; }))
    return {Cause::zero, "it is zero everywhere, as if backward had never set it"};
  if (const auto found = find_factor(e)) return *found;
  for (const Suspect& suspect : e.suspects)
    if (same(e.analytic, suspect.gradient())) return {suspect.cause, suspect.sentence};
  if (const auto found = find_transpose(e)) return *found;
  if (const auto found = find_offset(e)) return *found;
  return locate(e);
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

std::string say(double number) {
  std::ostringstream out;
  out.precision(4);
  out << number;
  return out.str();
}

std::string paragraph(const std::string& text, std::size_t indent) {
  std::istringstream words(text);
  std::string lines, line(indent, ' '), word;
  bool empty = true;
  while (words >> word) {
    if (!empty && line.size() + 1 + word.size() > 80) {
      lines += line + "\n";
      line = std::string(indent + 2, ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return lines + line + "\n";
}

}  // namespace mend
