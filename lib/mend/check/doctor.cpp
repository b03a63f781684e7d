#include "mend/check/doctor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

// The factor that fits best, by least squares. Where it fits everywhere, it is the whole mistake; else NaN.
double common_factor(const Tensor<double>& analytic, const Tensor<double>& truth) {
  const double factor = dot(analytic, truth) / dot(truth, truth);
  return std::isfinite(factor) && same(analytic, truth * factor) ? factor
                                                                 : std::numeric_limits<double>::quiet_NaN();
}

std::string times(double factor) {
  return std::abs(factor) < 1 && factor > 0 ? "1/" + say(1 / factor) + " of" : say(factor) + " times";
}

// A factor that has a reason. In a layer one that could be a size of the batch is taken for that, even when it is 2.
std::optional<Diagnosis> find_reason(const Evidence& e, double factor) {
  const std::string should = " what it should be";
  const auto counted = [&]() -> std::optional<Diagnosis> {
    struct Count {
      std::size_t size;
      Cause times, over;
      std::string what;
    };
    const Count counts[] = {
        {e.rows, Cause::times_n, Cause::over_n,
         std::string("the batch has that many rows") +
             (e.of_loss ? "" : "; the loss divides by N, a layer never does")},
        {e.columns, Cause::times_d, Cause::over_d, "y has that many columns"},
        {e.rows * e.columns, Cause::times_size, Cause::over_size, "y has that many entries"}};
    for (const Count& c : counts) {
      const double n = static_cast<double>(c.size);
      if (c.size < 2 || !(close(factor, n) || close(factor, 1 / n))) continue;
      return Diagnosis{close(factor, n) ? c.times : c.over,
                       "every entry is " + times(factor) + should + ", and " + c.what};
    }
    return {};
  };
  if (close(factor, -1)) return Diagnosis{Cause::sign, "every entry has the wrong sign"};
  if (!e.of_loss)
    if (auto found = counted()) return found;
  if (close(factor, 2))
    return Diagnosis{Cause::twice, "every entry is twice" + should + ": a factor 2 or a sum too many"};
  if (close(factor, 0.5))
    return Diagnosis{Cause::half,
                     "every entry is half of" + should + ": the 2 from the slope of a square is missing"};
  return e.of_loss ? counted() : std::nullopt;
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

// "all of them where x < 0" when these entries are exactly those, of a layer that works element by element; and how
// wrong they are, when one factor says it.
std::string common_branch(const Evidence& e, const std::vector<bool>& wrong) {
  for (const bool negative : {true, false}) {
    std::vector<std::size_t> there;
    bool exactly = e.x.size() == wrong.size();
    for (std::size_t k = 0; exactly && k < wrong.size(); ++k) {
      exactly = wrong[k] == (negative ? e.x[k] < 0 : e.x[k] > 0);
      if (wrong[k]) there.push_back(k);
    }
    if (!exactly || there.empty()) continue;
    const double factor = common_factor(gather(e.analytic, there), gather(e.truth, there));
    return std::string("those where x ") + (negative ? "< 0" : "> 0") +
           (std::isfinite(factor) ? ", which are " + times(factor) + " what they should be" : "") +
           ": look at that branch";
  }
  return "";
}

Diagnosis locate(const Evidence& e) {
  const double scale = largest(e.truth);
  Coordinates wrong;
  std::vector<bool> is_wrong;
  std::size_t worst = 0;
  const auto off = [&](std::size_t k) { return std::abs(e.analytic[k] - e.truth[k]); };
  for (std::size_t k = 0; k < e.truth.size(); ++k) {
    is_wrong.push_back(off(k) > e.exactness * scale);
    if (is_wrong.back()) wrong.push_back(e.coordinates[k]);
    if (off(k) > off(worst)) worst = k;
  }
  const std::string found = say(e.analytic[worst]), wanted = say(e.truth[worst]);
  const std::string example = coordinate_name(e.shape, e.coordinates[worst]) + " is " + found +
                              " instead of " + wanted +
                              (found == wanted ? ", off by " + say(off(worst)) : "");
  const std::string of_all = " of " + std::to_string(e.truth.size()) + " entries are wrong";
  const bool few = wrong.size() < e.truth.size();
  if (few && wrong.size() == 1) return {Cause::one_coordinate, "only one entry is wrong: " + example};
  if (wrong.empty() || !few)
    return {Cause::different, "all" + of_all + ", and not by one factor; at worst " + example};
  const std::string branch = common_branch(e, is_wrong), border = common_border(e.shape, wrong);
  const std::string count = std::to_string(wrong.size()) + of_all;
  if (!branch.empty()) return {Cause::one_branch, count + ", " + branch};
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
  const double factor = common_factor(e.analytic, e.truth);
  if (const auto found = find_reason(e, factor)) return *found;
  for (const Suspect& suspect : e.suspects)
    if (same(e.analytic, suspect.gradient())) return {suspect.cause, suspect.sentence};
  if (const auto found = find_transpose(e)) return *found;
  if (std::isfinite(factor) && !close(factor, 1))
    return {Cause::constant_factor, "every entry is " + times(factor) + " what it should be"};
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
