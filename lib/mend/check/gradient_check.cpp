#include "mend/check/gradient_check.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <vector>

#include "mend/check/diagnosis.hpp"
#include "mend/check/oracles.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

using Complex = std::complex<double>;

// One tensor under test: where it is perturbed, what backward said, and the objective as a function of it.
struct Subject {
  std::string name;
  Tensor<double>& at;
  Tensor<Complex>& twin_at;
  const Tensor<double>& analytic;
  std::function<double()> objective;
  std::function<Complex()> twin_objective;
  std::string suspicion;  // what was found wrong before any number was compared
};

double largest(const Tensor<double>& x) {
  double most = 0;
  for (const double v : x) most = std::max({most, v, -v});
  return most;
}

// The coordinates where the one-sided slopes differ, with one complaint when a gradient is outside of them.
std::vector<std::size_t> find_kinks(const Tensor<double>& analytic, const Slopes& slopes,
                                    std::string& complaint) {
  std::vector<std::size_t> kinks;
  const double scale = std::max(largest(slopes.left), largest(slopes.right));
  for (std::size_t i = 0; i < analytic.size(); ++i) {
    const auto [low, high] = std::minmax(slopes.left[i], slopes.right[i]);
    if (high - low <= 1e-3 * scale) continue;
    kinks.push_back(i);
    if (!(low - 1e-6 * scale <= analytic[i] && analytic[i] <= high + 1e-6 * scale) && complaint.empty())
      complaint = "at the kink " + coordinate_name(analytic.shape(), i) + " the gradient " +
                  say(analytic[i]) + " is not between the slopes " + say(low) + " and " + say(high);
  }
  return kinks;
}

TensorCheck check(const Subject& subject, const CheckOptions& options) {
  const Tensor<double>& analytic = subject.analytic;
  TensorCheck result{subject.name, subject.at.shape(), 0, 0, 0, subject.suspicion};
  if (analytic.shape() != subject.at.shape()) {
    result.complaint = "the gradient is " + to_string(analytic.shape()) + " but the tensor is " +
                       to_string(subject.at.shape());
    return result;
  }
  const auto complain = [&](bool wrong, const std::string& text) {
    if (wrong && result.complaint.empty()) result.complaint = text;
  };
  Tensor<double> exact = complex_step(subject.twin_at, subject.twin_objective);
  complain(!(norm(exact) > options.vacuous_below),
           "vacuous: the numeric gradient is zero, so nothing was checked");

  // At a kink every slope between those to the left and the right is right, and the complex step knows only
  // one of them: such coordinates are judged by the interval and leave both norms.
  Slopes slopes = difference_slopes(subject.at, subject.objective);
  const std::vector<std::size_t> kinks = find_kinks(analytic, slopes, result.complaint);
  for (const std::size_t i : kinks) exact[i] = slopes.central[i] = analytic[i];
  result.kinks = kinks.size();
  complain(
      static_cast<double>(kinks.size()) > options.kink_share * static_cast<double>(analytic.size()),
      std::to_string(kinks.size()) + " of " + std::to_string(analytic.size()) + " coordinates at a kink");

  result.complex_error = relative_error(analytic, exact);
  result.central_error = relative_error(analytic, slopes.central);
  const double worst = largest(analytic - slopes.central);
  complain(
      !(result.complex_error <= options.complex_tolerance),
      "differs from the complex step by " + say(result.complex_error) + ": " + diagnose(analytic, exact));
  complain(!(result.central_error <= options.central_tolerance), "differs from the central difference by " +
                                                                     say(result.central_error) + ": " +
                                                                     diagnose(analytic, slopes.central));
  complain(!(worst <= 10 * options.central_tolerance * largest(slopes.central)),
           "one coordinate differs from the central difference by " + say(worst));
  return result;
}

// Runs a layer with its random streams where they were when the check began.
template <class T>
class Frozen {
 public:
  explicit Frozen(Layer<T>& layer) : layer_(layer) {
    for (const Random* stream : layer.random_streams()) states_.push_back(*stream);
  }
  Tensor<T> forward(const Tensor<T>& x) {
    const std::vector<Random*> streams = layer_.random_streams();
    for (std::size_t i = 0; i < streams.size(); ++i) *streams[i] = states_[i];
    return layer_.forward(x);
  }

 private:
  Layer<T>& layer_;
  std::vector<Random> states_;
};

// |R| in [0.5, 1.5] with random sign: never ones, never near zero.
Tensor<double> random_upstream(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) {
    const double size = random.uniform(0.5, 1.5);
    return random.bits() & 1 ? size : -size;
  });
}

// One pass backward from cleared gradients: dx, then the gradient of each parameter. With three times the upstream
// gradient a second pass shows whether dx triples and the gradients of parameters add up to four times the first.
struct TwoPasses {
  std::vector<Tensor<double>> first, second;  // second is empty when the first has a wrong shape

  // What is wrong with tensor i; empty when nothing is.
  std::string suspicion(std::size_t i) const {
    if (second.empty() || !(norm(first[i]) > 0)) return "";  // there is a complaint about that already
    const bool adds_up = i > 0;
    const auto is = [&](double factor) { return relative_error(second[i], first[i] * factor) <= 1e-12; };
    if (is(adds_up ? 4 : 3)) return "";
    if (is(1) || (adds_up && is(2)))
      return "backward ignores its upstream gradient: three times of it changes nothing";
    if (adds_up && is(3)) return "a second backward must add to the gradient of the first, but replaced it";
    return "backward is not linear in its upstream gradient: three times of it is not three times the "
           "gradient";
  }
};

TwoPasses go_back_twice(Layer<double>& layer, Frozen<double>& frozen, const Tensor<double>& x,
                        const Tensor<double>& upstream) {
  const auto parameters = layer.parameters();
  const auto go_back = [&](const Tensor<double>& dy) {
    frozen.forward(x);
    std::vector<Tensor<double>> all{layer.backward(dy)};
    for (const Parameter<double>* p : parameters) all.push_back(p->grad);
    return all;
  };
  zero_grad(parameters);
  TwoPasses passes{go_back(upstream), {}};
  bool shapes_fit = passes.first[0].shape() == x.shape();
  for (const Parameter<double>* p : parameters) shapes_fit &= p->grad.shape() == p->value.shape();
  if (shapes_fit) passes.second = go_back(upstream * 3);
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->grad = passes.first[i + 1];
  return passes;
}

}  // namespace

bool CheckReport::passed() const {
  return std::all_of(tensors.begin(), tensors.end(), [](const auto& t) { return t.complaint.empty(); });
}

std::ostream& operator<<(std::ostream& out, const CheckReport& report) {
  std::ostringstream text;
  text << std::scientific << std::setprecision(1);
  std::size_t name = 11;
  for (const TensorCheck& t : report.tensors) name = std::max(name, t.name.size());
  for (const TensorCheck& t : report.tensors) {
    text << std::left << std::setw(static_cast<int>(name)) << t.name << " " << std::setw(12)
         << to_string(t.shape) << " complex step " << t.complex_error << "  central difference "
         << t.central_error;
    if (t.kinks) text << "  kinks " << t.kinks;
    text << (t.complaint.empty() ? "  OK" : "  FAIL: " + t.complaint) << "\n";
  }
  return out << text.str();
}

void randomize_parameters(Layer<double>& layer, Random& random) {
  for (Parameter<double>* p : layer.parameters())
    for (double& v : p->value) v = 0.5 * random.normal();
}

Tensor<double> random_normal(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.normal(); });
}

CheckReport check_layer(Layer<double>& layer, Layer<Complex>& twin, const Tensor<double>& x,
                        const CheckOptions& options) {
  const auto parameters = layer.parameters();
  const auto twin_parameters = twin.parameters();
  if (parameters.size() != twin_parameters.size() || layer.describe() != twin.describe())
    throw Error("check_layer: " + layer.describe() + " and its twin " + twin.describe() +
                " must be the same");
  for (std::size_t i = 0; i < parameters.size(); ++i)
    twin_parameters[i]->value = cast<Complex>(parameters[i]->value);

  Frozen<double> frozen(layer);
  Frozen<Complex> frozen_twin(twin);
  Random random(options.seed, "upstream");
  Tensor<double> at = x;
  Tensor<Complex> twin_at = cast<Complex>(x);
  const Tensor<double> upstream = random_upstream(frozen.forward(at).shape(), random);
  const Tensor<Complex> twin_upstream = cast<Complex>(upstream);
  const auto objective = [&] { return dot(frozen.forward(at), upstream); };
  const auto twin_objective = [&] { return dot(frozen_twin.forward(twin_at), twin_upstream); };

  const TwoPasses passes = go_back_twice(layer, frozen, at, upstream);
  CheckReport report;
  report.tensors.push_back(
      check({"x", at, twin_at, passes.first[0], objective, twin_objective, passes.suspicion(0)}, options));
  for (std::size_t i = 0; i < parameters.size(); ++i)
    report.tensors.push_back(check({parameters[i]->name, parameters[i]->value, twin_parameters[i]->value,
                                    passes.first[i + 1], objective, twin_objective, passes.suspicion(i + 1)},
                                   options));
  return report;
}

CheckReport check_function(const std::function<Loss<double>(const Tensor<double>&)>& value_and_gradient,
                           const std::function<Complex(const Tensor<Complex>&)>& twin,
                           const Tensor<double>& y, const CheckOptions& options) {
  Tensor<double> at = y;
  Tensor<Complex> twin_at = cast<Complex>(y);
  const Tensor<double> gradient = value_and_gradient(at).gradient;
  return {{check({"y", at, twin_at, gradient, [&] { return value_and_gradient(at).value; },
                  [&] { return twin(twin_at); }, ""},
                 options)}};
}

}  // namespace mend
