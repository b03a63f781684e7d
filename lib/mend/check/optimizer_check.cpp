#include "mend/check/optimizer_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <list>

#include "mend/check/doctor.hpp"
#include "mend/check/report.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

constexpr int steps = 10;

// A schedule: the rate of step t as a share of the first.
double share_of_rate(int t) { return t <= steps / 2 ? 1 : 0.3; }

// The gradient of one number in step t.
using Gradient = std::function<double(double w, std::size_t number, int t)>;

// Four parameters with 49 numbers that differ from each other, and where each begins.
template <class T>
class Weights {
 public:
  Weights() {
    std::size_t count = 0;
    for (const Shape& shape : {Shape{2, 3}, Shape{5}, Shape{1}, Shape{37}}) {
      firsts_.push_back(count);
      Tensor<T> value(shape);
      for (T& v : value) v = static_cast<T>(std::cos(static_cast<double>(count++)));
      all_.emplace_back(std::to_string(all_.size()), std::move(value));
    }
    firsts_.push_back(count);
  }
  std::vector<Parameter<T>*> parameters() {
    std::vector<Parameter<T>*> pointers;
    for (Parameter<T>& p : all_) pointers.push_back(&p);
    return pointers;
  }
  Tensor<double> values() const {
    std::vector<double> values;
    for (const Parameter<T>& p : all_) values.insert(values.end(), p.value.begin(), p.value.end());
    return Tensor<double>({values.size()}, values);
  }
  void set_gradients(const Gradient& gradient, int t) {
    std::size_t number = 0;
    for (Parameter<T>& p : all_)
      for (std::size_t i = 0; i < p.value.size(); ++i, ++number)
        p.grad[i] = static_cast<T>(gradient(static_cast<double>(p.value[i]), number, t));
  }
  Tensor<double> gradients() const {
    std::vector<double> gradients;
    for (const Parameter<T>& p : all_) gradients.insert(gradients.end(), p.grad.begin(), p.grad.end());
    return Tensor<double>({gradients.size()}, gradients);
  }
  const std::vector<std::size_t>& firsts() const { return firsts_; }  // and, at last, how many numbers

 private:
  std::list<Parameter<T>> all_;
  std::vector<std::size_t> firsts_;
};

// The numbers before the first step and after each.
using Path = std::vector<Tensor<double>>;

template <class T>
Path walk(const OptimizerMaker<T>& make, const Gradient& gradient, int count, double rate_factor = 1) {
  Weights<T> weights;
  const auto optimizer = make(weights.parameters());
  const double rate = rate_factor * optimizer->learning_rate();
  Path path{weights.values()};
  for (int t = 1; t <= count; ++t) {
    weights.set_gradients(gradient, t);
    optimizer->set_learning_rate(share_of_rate(t) * rate);
    optimizer->step();
    path.push_back(weights.values());
  }
  return path;
}

// Whether a step reads the gradients and no more: to clear them is for the loop to do.
template <class T>
bool leaves_gradients(const OptimizerMaker<T>& make, const Gradient& gradient) {
  Weights<T> weights;
  const auto optimizer = make(weights.parameters());
  weights.set_gradients(gradient, 1);
  const Tensor<double> before = weights.gradients();
  optimizer->step();
  return weights.gradients() == before;
}

template <class T>
double rate_of(const OptimizerMaker<T>& make) {
  Weights<T> weights;
  return make(weights.parameters())->learning_rate();
}

Path walk_by_rule(const std::function<UpdateRule()>& make_rule, const Gradient& gradient,
                  const Tensor<double>& start, double rate) {
  std::vector<UpdateRule> rules;
  for (std::size_t i = 0; i < start.size(); ++i) rules.push_back(make_rule());
  Path path{start};
  for (int t = 1; t <= steps; ++t) {
    Tensor<double> next = path.back();
    for (std::size_t i = 0; i < next.size(); ++i)
      next[i] = rules[i](next[i], gradient(next[i], i, t), t, share_of_rate(t) * rate);
    path.push_back(std::move(next));
  }
  return path;
}

// What each step changed, one after the other in a row.
Tensor<double> changes(const Path& path) {
  std::vector<double> all;
  for (std::size_t t = 1; t < path.size(); ++t)
    for (std::size_t i = 0; i < path[t].size(); ++i) all.push_back(path[t][i] - path[t - 1][i]);
  return Tensor<double>({all.size()}, all);
}

// Compares the steps of an optimizer with those of the rule, both for the same gradients.
class Doctor {
 public:
  // Weights are near 1 and steps near a hundredth of that, so this is what rounding leaves of a pattern.
  explicit Doctor(double epsilon) : negligible_(1e5 * epsilon) {}

  bool same(const Tensor<double>& a, const Tensor<double>& b) const {
    return norm(a - b) <= negligible_ * std::max(norm(a), norm(b));
  }
  // The one factor from b to a, or NaN.
  double factor(const Tensor<double>& a, const Tensor<double>& b) const {
    const double best = dot(a, b) / dot(b, b);
    return std::isfinite(best) && same(a, b * best) ? best : std::numeric_limits<double>::quiet_NaN();
  }
  bool is(double found, double wanted) const {
    return std::abs(found - wanted) <= negligible_ * std::abs(wanted);
  }

 private:
  double negligible_;
};

// A parameter, or a part of one, that stays where it is in every step although the rule moves it.
Diagnosis find_skipped(const Path& found, const Tensor<double>& wanted,
                       const std::vector<std::size_t>& firsts) {
  for (std::size_t p = 0; p + 1 < firsts.size(); ++p) {
    const std::size_t size = firsts[p + 1] - firsts[p];
    std::size_t still = 0, example = 0;
    for (std::size_t i = firsts[p]; i < firsts[p + 1]; ++i) {
      const bool stays =
          std::all_of(found.begin(), found.end(), [&](const auto& w) { return w[i] == found[0][i]; });
      if (!stays || wanted[i] == 0) continue;
      ++still;
      example = i - firsts[p];
    }
    if (still == size && size > 1)
      return {Cause::skips_parameters, "parameter " + std::to_string(p) + " of " +
                                           std::to_string(firsts.size() - 1) + " does not move at all"};
    if (still > 0)
      return {Cause::skips_elements, std::to_string(still) + " of " + std::to_string(size) +
                                         " numbers of parameter " + std::to_string(p) +
                                         " do not move, number " + std::to_string(example) + " for one"};
  }
  return {};
}

// What the rule would have changed in each step, from where the optimizer was: so no error is carried on.
Tensor<double> changes_by_rule(const std::function<UpdateRule()>& make_rule, const Gradient& gradient,
                               const Path& found, double rate) {
  std::vector<UpdateRule> rules;
  for (std::size_t i = 0; i < found[0].size(); ++i) rules.push_back(make_rule());
  std::vector<double> all;
  for (int t = 1; t <= steps; ++t)
    for (std::size_t i = 0; i < found[0].size(); ++i) {
      const double w = found[static_cast<std::size_t>(t) - 1][i];
      all.push_back(rules[i](w, gradient(w, i, t), t, share_of_rate(t) * rate) - w);
    }
  return Tensor<double>({all.size()}, all);
}

// The one factor c for which `off` is c * w in all parameters where it is not zero, to within a hundredth: what is left
// of a decay that went through another rule. NaN when there is none.
double common_share(const Tensor<double>& off, const Tensor<double>& w,
                    const std::vector<std::size_t>& firsts) {
  double along = 0, squares = 0, rest = 0;
  std::vector<std::size_t> changed;
  for (std::size_t p = 0; p + 1 < firsts.size(); ++p) {
    bool differs = false;
    for (std::size_t i = firsts[p]; i < firsts[p + 1]; ++i) differs |= off[i] != 0;
    for (std::size_t i = firsts[p]; differs && i < firsts[p + 1]; ++i) changed.push_back(i);
  }
  for (const std::size_t i : changed) {
    along += off[i] * w[i];
    squares += w[i] * w[i];
  }
  const double share = along / squares;
  for (const std::size_t i : changed) rest += (off[i] - share * w[i]) * (off[i] - share * w[i]);
  return rest <= 1e-4 * share * share * squares ? share : std::numeric_limits<double>::quiet_NaN();
}

template <class T>
Diagnosis diagnose_steps(const OptimizerMaker<T>& make, const std::function<UpdateRule()>& make_rule) {
  const Doctor doctor(std::numeric_limits<T>::epsilon());
  const Gradient steady = [](double, std::size_t number, int t) {
    return 0.3 + std::sin(1.7 * t + static_cast<double>(number));
  };
  const Path found = walk(make, steady, steps);
  const std::size_t numbers = found[0].size();
  const Tensor<double> all = changes(found), right = changes_by_rule(make_rule, steady, found, rate_of(make));
  const auto step = [&](const Tensor<double>& x, std::size_t t) {
    return slice_rows(x.reshaped({steps, numbers}), t - 1, 1);
  };
  if (!std::all_of(all.begin(), all.end(), [](double v) { return std::isfinite(v); }))
    return {Cause::not_finite, "a weight became NaN or infinite"};
  if (Diagnosis skipped = find_skipped(found, right, Weights<T>().firsts()); skipped.cause != Cause::none)
    return skipped;

  const double at_twice_the_rate =
      doctor.factor(changes(walk(make, steady, 1, 2)), step(all, 1).reshaped({numbers}));
  if (doctor.is(at_twice_the_rate, 1))
    return {Cause::rate_ignored, "the first step is the same for twice the learning rate"};
  if (doctor.is(at_twice_the_rate, 4))
    return {Cause::rate_squared, "the first step is four times as long for twice the learning rate"};

  const double factor = doctor.factor(all, right);
  if (factor < 0)
    return {Cause::uphill, "every step goes the opposite way, " + say(-factor) + " times as far"};
  if (doctor.is(factor, 2)) return {Cause::twice, "every step is twice as long as it should be"};
  if (doctor.is(factor, 0.5)) return {Cause::half, "every step is half as long as it should be"};
  if (std::isfinite(factor))
    return {Cause::constant_factor, "every step is " + say(factor) + " times as long as it should be"};

  if (doctor.same(step(all, 1), step(right, 1))) {
    std::size_t t = 2;
    while (t < steps && doctor.same(step(all, t), step(right, t))) ++t;
    return {Cause::memory, "the first step is right, and step " + std::to_string(t) +
                               " the first that is wrong: look at what is remembered from step to step"};
  }
  // What the first step adds or leaves out, parameter by parameter, as a share of the weight itself.
  const Tensor<double> off = step(all, 1) - step(right, 1);
  const double decay = common_share(off.reshaped({numbers}), found[0], Weights<T>().firsts());
  if (doctor.is(decay, -1))
    return {Cause::overwrites, "a weight becomes its step: what it was is lost, = instead of -="};
  if (std::isfinite(decay))
    return {Cause::decay, "the first step is off by " + say(decay) +
                              " times the weight itself, at least for some "
                              "parameters: weight decay too much, missing, or in the wrong place"};

  const double ratio = doctor.factor(step(all, 1), step(right, 1));
  return {Cause::first_step,
          std::isfinite(ratio) ? "the first step is " + say(ratio) +
                                     " times as long as it should be, later ones "
                                     "are wrong by other factors: is a correction for the beginning missing?"
                               : "the first step is wrong already, and not by one factor"};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const OptimizerReport& report) {
  if (report.passed()) return out << "follows its rule to " << say(report.error) << "\n";
  return out << explain(report.complaint, report.diagnosis);
}

template <class T>
OptimizerReport check_optimizer(const OptimizerMaker<T>& make, const std::function<UpdateRule()>& make_rule,
                                double tolerance) {
  const Gradient restless = [](double w, std::size_t number, int t) {
    return 0.4 * w + std::sin(1.7 * t + static_cast<double>(number));
  };
  const Path found = walk(make, restless, steps),
             wanted = walk_by_rule(make_rule, restless, found[0], rate_of(make));
  OptimizerReport report;
  if (!leaves_gradients(make, restless)) {
    report.complaint = "a step changes the gradients";
    report.diagnosis = {Cause::argument_changed,
                        "to clear them is for the training loop to do, with zero_grad"};
  }
  for (std::size_t t = 1; t <= steps; ++t)
    for (std::size_t i = 0; i < found[t].size(); ++i) {
      const double off = std::abs(found[t][i] - wanted[t][i]);
      if (!(off <= report.error))
        report.error = std::isnan(off) ? std::numeric_limits<double>::infinity() : off;
      if (off <= tolerance || !report.passed()) continue;
      report.complaint = "in step " + std::to_string(t) + " number " + std::to_string(i) + " becomes " +
                         say(found[t][i]) + " instead of " + say(wanted[t][i]) + ", off by " + say(off) +
                         ", where " + say(tolerance) + " is allowed";
      report.diagnosis = diagnose_steps(make, make_rule);
    }
  return report;
}

template OptimizerReport check_optimizer(const OptimizerMaker<float>&, const std::function<UpdateRule()>&,
                                         double);
template OptimizerReport check_optimizer(const OptimizerMaker<double>&, const std::function<UpdateRule()>&,
                                         double);

}  // namespace mend
