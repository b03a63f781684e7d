#include "mend/check/tensor_check.hpp"

#include <algorithm>
#include <cmath>

#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// One judgement after the other; what is found first is what is reported.
class Judge {
 public:
  Judge(const Subject& subject, const CheckOptions& options)
      : subject_(subject),
        options_(options),
        random_(options.seed, "coordinates of " + subject.name),
        result_{.name = subject.name, .shape = subject.at.shape()} {}

  TensorCheck judge() {
    if (subject_.analytic.shape() != subject_.at.shape()) {
      refuse_shape();
      return result_;
    }
    coordinates_ = subject_.at.size() <= options_.all_up_to
                       ? all_coordinates(subject_.at.shape())
                       : sample_coordinates(subject_.at.shape(), options_.sample, random_);
    result_.coordinates = coordinates_.size();
    analytic_ = gather(subject_.analytic, coordinates_);
    exact_ = complex_step(subject_.twin_at, coordinates_, subject_.twin_objective);
    slopes_ = difference_slopes(subject_.at, coordinates_, subject_.objective, subject_.magnitude);
    if (std::count(options_.zero_by_design.begin(), options_.zero_by_design.end(), subject_.name)) {
      expect_zero();
      return result_;
    }
    if (subject_.suspicion.cause != Cause::none)
      complain_of_entry("backward contradicts itself", subject_.suspicion, exact_);
    if (!std::isfinite(norm(exact_)) || !std::isfinite(norm(slopes_.central)))
      complain("forward or the loss is not finite near this input",
               {Cause::not_finite,
                "there is nothing to compare with; look for a logarithm or a root of a negative "
                "number, a division by zero, an exponential that overflows"});
    refuse_vacuous();
    const Diagnosis at_kinks = judge_kinks();
    judge_by_oracles();
    if (at_kinks.cause != Cause::none)
      complain("at a kink the gradient is no slope of either side", at_kinks);
    refuse_too_many_kinks();
    if (result_.coordinates < subject_.at.size()) probe_directions();
    judge_float();
    return result_;
  }

 private:
  void complain(const std::string& complaint, const Diagnosis& diagnosis) {
    if (!result_.passed()) return;
    result_.complaint = complaint;
    result_.diagnosis = diagnosis;
  }

  // The same with the worst entry and both its values, unless the diagnosis is about an entry already.
  void complain_of_entry(const std::string& complaint, const Diagnosis& diagnosis,
                         const Tensor<double>& truth) {
    const bool told = diagnosis.sentence.find(" instead of ") != std::string::npos || truth.size() == 0;
    std::size_t worst = 0;
    for (std::size_t k = 1; k < truth.size(); ++k)
      if (!(std::abs(analytic_[k] - truth[k]) <= std::abs(analytic_[worst] - truth[worst]))) worst = k;
    complain(complaint + (told ? ""
                               : "; worst at " + coordinate_name(result_.shape, coordinates_[worst]) + ": " +
                                     say(analytic_[worst]) + " instead of " + say(truth[worst])),
             diagnosis);
  }

  void refuse_shape() {
    const Shape &found = subject_.analytic.shape(), &wanted = subject_.at.shape();
    const std::string shapes =
        "the gradient is " + to_string(found) + " but the tensor is " + to_string(wanted);
    const bool turned =
        found.rank() == 2 && wanted.rank() == 2 && found[0] == wanted[1] && found[1] == wanted[0];
    complain(shapes,
             {Cause::wrong_shape,
              turned ? "it is that of the transposed tensor: a product has its factors in the wrong order"
                     : "a gradient holds one slope for each number, so the two shapes must be equal"});
  }

  void refuse_vacuous() {
    if (norm(exact_) > options_.vacuous_below) return;
    if (norm(slopes_.central) > 2 * (options_.vacuous_below + norm(slopes_.noise)))
      complain("the complex step sees no slope where the central difference sees one", not_analytic());
    complain("the true gradient has the norm " + say(norm(exact_)) + ", not above " +
                 say(options_.vacuous_below) + ": nothing was checked",
             {Cause::vacuous,
              "whatever backward returns is compared with next to nothing; choose inputs and "
              "parameters for which this tensor matters"});
  }

  static Diagnosis not_analytic() {
    return {Cause::not_analytic,
            "forward must be one and the same analytic function in double and in complex "
            "numbers, without abs, norm or conj, and branch on the real part"};
  }

  void expect_zero() {
    result_.complex_error = norm(analytic_ - exact_);
    result_.central_error = norm(analytic_ - slopes_.central);
    const auto expect = [&](double size, double allowed, const std::string& what) {
      if (!(size <= allowed))
        complain("declared zero by design, but " + what + " has the norm " + say(size),
                 {Cause::different, "it should be zero everywhere"});
    };
    expect(norm(subject_.analytic), options_.vacuous_below, "the gradient");
    expect(norm(exact_), options_.vacuous_below, "the complex step");
    expect(norm(slopes_.central), options_.vacuous_below + 2 * norm(slopes_.noise), "the central difference");
  }

  // Whether the gradient at a kink is a slope between those on its two sides.
  static bool between(const Slopes& slopes, std::size_t k, double gradient) {
    const double slack = 1e-6 * std::max(std::abs(slopes.low[k]), std::abs(slopes.high[k])) + slopes.noise[k];
    return slopes.low[k] - slack <= gradient && gradient <= slopes.high[k] + slack;
  }

  // A function that bends sharply but smoothly looks like a kink to differences. Where both oracles and backward agree
  // there is nothing to be lenient about.
  bool agree(std::size_t k) const {
    return slopes_.sharp[k] &&
           std::abs(analytic_[k] - exact_[k]) <= options_.complex_tolerance * largest(exact_) &&
           std::abs(slopes_.central[k] - exact_[k]) <= options_.central_tolerance * largest(exact_);
  }

  // At a kink every slope between those to the left and the right is right, and the complex step knows only one of
  // them: such coordinates are judged by the interval, and leave what is compared. Returns what is wrong there.
  Diagnosis judge_kinks() {
    Diagnosis wrong;
    Coordinates smooth;
    for (std::size_t k = 0; k < analytic_.size(); ++k) {
      if (!slopes_.kink[k] || agree(k)) {
        smooth.push_back(k);
        continue;
      }
      ++result_.kinks;
      if (wrong.cause != Cause::none) continue;
      const std::string place = "at " + coordinate_name(result_.shape, coordinates_[k]);
      if (slopes_.jump[k])
        wrong = {Cause::kink, place + " forward jumps, so that it has no slope there"};
      else if (!between(slopes_, k, analytic_[k]))
        wrong = {Cause::kink, place + " it is " + say(analytic_[k]) + ", not between the slopes " +
                                  say(slopes_.low[k]) + " and " + say(slopes_.high[k]) + " on the two sides"};
    }
    analytic_ = gather(analytic_, smooth);
    exact_ = gather(exact_, smooth);
    slopes_.central = gather(slopes_.central, smooth);
    slopes_.noise = gather(slopes_.noise, smooth);
    for (std::size_t k = 0; k < smooth.size(); ++k) coordinates_[k] = coordinates_[smooth[k]];
    coordinates_.resize(smooth.size());
    return wrong;
  }

  void refuse_too_many_kinks() {
    const std::size_t all = result_.coordinates;
    if (static_cast<double>(result_.kinks) > options_.kink_share * static_cast<double>(all))
      complain(
          std::to_string(result_.kinks) + " of " + std::to_string(all) +
              " coordinates lie at a kink, too many to check the rest",
          {Cause::kink, "move the inputs away from where the function bends, or allow a larger kink_share"});
  }

  // Of the central difference, its own rounding is taken off: gradients may be far smaller than the objective.
  bool central_accepts(const Tensor<double>& gradient) const {
    const double off = norm(gradient - slopes_.central), scale = norm(gradient) + norm(slopes_.central);
    return off <= options_.central_tolerance * scale + norm(slopes_.noise);
  }

  void judge_by_oracles() {
    result_.complex_error = relative_error(analytic_, exact_);
    result_.central_error = relative_error(analytic_, slopes_.central);
    const bool by_complex = result_.complex_error <= options_.complex_tolerance;
    const bool by_central = central_accepts(analytic_);
    if (by_complex != by_central && !central_accepts(exact_))
      complain(std::string(by_complex ? "the central difference" : "the complex step") +
                   " rejects what the other accepts",
               not_analytic());
    if (!by_complex)
      complain_of_entry("differs from the complex step by " + say(result_.complex_error) + ", where " +
                            say(options_.complex_tolerance) + " is allowed",
                        doctor(), exact_);
    if (!by_central && result_.passed())  // the doctor need not be asked twice
      complain_of_entry("differs from the central difference by " + say(result_.central_error) + ", where " +
                            say(options_.central_tolerance) + " is allowed",
                        doctor(), slopes_.central);
    const double worst = largest(analytic_ - slopes_.central), scale = largest(slopes_.central);
    if (!(worst <= 10 * options_.central_tolerance * scale + largest(slopes_.noise)))
      complain("one entry differs from the central difference by " + say(worst),
               doctor(slopes_.central, 10 * options_.central_tolerance));
  }

  // All entries at once along v: sum(v * gradient) both ways. A wrong entry outside of the sample shows. One at a kink
  // may be right all the same; it is then left out.
  void probe_directions() {
    std::vector<bool> left_out(subject_.at.size());
    const auto all = static_cast<double>(subject_.at.size());
    const auto most = static_cast<std::size_t>(options_.kink_share * all);
    std::size_t kinks = 0;
    for (std::size_t probe = 0; probe < options_.directions; ++probe) {
      Tensor<double> v =
          map(Tensor<double>(result_.shape), [this](double) { return random_.bits() & 1 ? 1.0 : -1.0; });
      for (std::size_t i = 0; i < v.size(); ++i)
        if (left_out[i]) v[i] = 0;
      const double scale = 2 * norm(subject_.analytic);
      double off = std::abs(discrepancy(v));
      while (!(off <= scale * options_.complex_tolerance)) {
        const std::size_t at = trace(v);
        const Slopes slopes = difference_slopes(subject_.at, {at}, subject_.objective, subject_.magnitude);
        const bool excused = slopes.kink[0] && !slopes.jump[0] && between(slopes, 0, subject_.analytic[at]);
        if (!excused || ++kinks > most) {
          const double truth = complex_step(subject_.twin_at, {at}, subject_.twin_objective)[0];
          complain("along a random direction of all " + std::to_string(v.size()) +
                       " entries the gradient differs from the complex step by " + say(off),
                   {Cause::some_coordinates, "outside of the sample entry " +
                                                 coordinate_name(result_.shape, at) + " is wrong: it is " +
                                                 say(subject_.analytic[at]) + " instead of " + say(truth)});
          break;
        }
        left_out[at] = true;
        v[at] = 0;
        off = std::abs(discrepancy(v));
      }
      result_.complex_error = std::max(result_.complex_error, off / scale);
    }
    result_.kinks += kinks;
  }

  double discrepancy(const Tensor<double>& v) {
    return dot(subject_.analytic, v) - complex_step_along(subject_.twin_at, v, subject_.twin_objective);
  }

  // Halves the entries of v as long as one is left, and goes on where more is wrong.
  std::size_t trace(const Tensor<double>& v) {
    std::size_t first = 0, last = v.size();
    const auto part = [&](std::size_t from, std::size_t to) {
      Tensor<double> some(v.shape());
      for (std::size_t i = from; i < to; ++i) some[i] = v[i];
      return std::abs(discrepancy(some));
    };
    while (last - first > 1) {
      const std::size_t middle = first + (last - first) / 2;
      (part(first, middle) >= part(middle, last) ? last : first) = middle;
    }
    return first;
  }

  void judge_float() {
    if (!subject_.narrow) return;
    result_.float_error = relative_error(*subject_.narrow, subject_.analytic);
    if (!(result_.float_error <= options_.float_tolerance))
      complain("backward in float differs from backward in double by " + say(result_.float_error) +
                   ", where " + say(options_.float_tolerance) + " is allowed",
               {Cause::float_differs,
                "the same formula loses its digits in float: look for differences of large "
                "numbers, and for a cast"});
  }

  Diagnosis doctor() { return doctor(exact_, options_.complex_tolerance); }

  Diagnosis doctor(const Tensor<double>& truth, double exactness) {
    Evidence evidence{result_.shape, coordinates_, analytic_, truth};
    evidence.rows = subject_.rows;
    evidence.columns = subject_.columns;
    evidence.of_loss = subject_.of_loss;
    if (subject_.suspects) evidence.suspects = subject_.suspects(coordinates_, truth);
    if (subject_.elementwise_at) evidence.x = gather(*subject_.elementwise_at, coordinates_);
    evidence.exactness = exactness;
    return diagnose(evidence);
  }

  const Subject& subject_;
  const CheckOptions& options_;
  Random random_;
  TensorCheck result_;
  Coordinates coordinates_;
  Tensor<double> analytic_, exact_;  // (k), at the coordinates
  Slopes slopes_;
};

}  // namespace

TensorCheck check_tensor(const Subject& subject, const CheckOptions& options) {
  return Judge(subject, options).judge();
}

}  // namespace mend
