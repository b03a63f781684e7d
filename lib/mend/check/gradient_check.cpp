#include "mend/check/gradient_check.hpp"

#include <cmath>

#include "mend/check/oracles.hpp"
#include "mend/check/passes.hpp"
#include "mend/check/suspects.hpp"
#include "mend/check/tensor_check.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

using Complex = std::complex<double>;

// What is differentiated: a number that depends on y, and its own gradient with respect to y.
struct Objective {
  std::function<Loss<double>(const Tensor<double>& y)> real;
  std::function<Complex(const Tensor<Complex>& y)> twin;
  double magnitude;  // of the terms that are added up: rounding errors of the sum are proportional to it
};

// |R| in [0.5, 1.5] with random sign: never ones, never near zero.
Tensor<double> random_upstream(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) {
    const double size = random.uniform(0.5, 1.5);
    return random.bits() & 1 ? size : -size;
  });
}

// sum(R * y) for a random R of the shape that the layer returns for x.
Objective random_projection(const Layer<double>& layer, const Tensor<double>& x,
                            const CheckOptions& options) {
  Random random(options.seed, "upstream");
  const Tensor<double> y = layer.predict(x), upstream = random_upstream(y.shape(), random);
  const Tensor<Complex> twin_upstream = cast<Complex>(upstream);
  double magnitude = 0;
  for (std::size_t i = 0; i < y.size(); ++i) magnitude += std::abs(y[i] * upstream[i]);
  return {[=](const Tensor<double>& v) {
            return Loss<double>{dot(v, upstream), upstream};
          },
          [=](const Tensor<Complex>& v) { return dot(v, twin_upstream); }, magnitude};
}

// The verdict when a check cannot even begin.
CheckReport cannot_begin(const std::string& tensor, const Shape& shape, const std::string& complaint,
                         const Diagnosis& diagnosis) {
  TensorCheck failed{.name = tensor, .shape = shape};
  failed.complaint = complaint;
  failed.diagnosis = diagnosis;
  return {{failed}};
}

CheckReport check_trio(Trio trio, const Tensor<double>& x, const Objective& objective,
                       const CheckOptions& options) {
  share_parameters(trio);
  Frozen<double> frozen(trio.layer);
  Frozen<Complex> frozen_twin(trio.twin);
  Tensor<double> at = x;
  Tensor<Complex> twin_at = cast<Complex>(x);
  frozen.forward(other_batch(x));  // what a layer keeps of its first batch would be right for x
  const Tensor<double> y = frozen.forward(at), again = frozen.forward(at);
  if (!same_or_nan(y, again))
    return cannot_begin(
        "x", x.shape(), "a second forward of the same x returns another y",
        {Cause::not_repeatable,
         "forward depends on a random stream that random_streams() does not list, or on what it "
         "has seen before"});
  const Tensor<double> upstream = objective.real(y).gradient;
  if (upstream.shape() != y.shape())
    return cannot_begin(
        "y", y.shape(),
        "the gradient of the loss is " + to_string(upstream.shape()) + " but y is " + to_string(y.shape()),
        {Cause::wrong_shape, "a loss returns one slope for each number of y"});
  TwoPasses passes;
  try {
    passes = go_back_twice(frozen, at, upstream);
  } catch (const ShapeError& error) {
    return cannot_begin("x", x.shape(), std::string("backward fails: ") + error.what(),
                        {Cause::wrong_shape,
                         "for a dy of the shape of y, backward combines tensors that do not fit each other"});
  }
  const std::vector<Tensor<double>> narrow = go_back_in_float(trio, at, upstream);
  Suspects suspects(frozen_twin, twin_at, upstream);

  CheckReport report;
  const auto check = [&](std::size_t i, const std::string& name, Tensor<double>& here,
                         Tensor<Complex>& twin_here) {
    Subject subject{name,
                    here,
                    twin_here,
                    passes.first[i],
                    [&] { return objective.real(frozen.forward(at)).value; },
                    [&] { return objective.twin(frozen_twin.forward(twin_at)); }};
    subject.magnitude = objective.magnitude;
    subject.suspicion = passes.suspicion(i);
    subject.narrow = narrow.empty() ? nullptr : &narrow[i];
    subject.rows = x.dim(0);
    subject.columns = upstream.dim(0) ? upstream.size() / upstream.dim(0) : 0;
    subject.elementwise_at = i == 0 && y.shape() == x.shape() ? &x : nullptr;
    subject.suspects = [&](const Coordinates& coordinates, const Tensor<double>& truth) {
      return suspects.of(twin_here, coordinates, truth);
    };
    report.tensors.push_back(check_tensor(subject, options));
  };
  const auto parameters = trio.layer.parameters();
  const auto twin_parameters = trio.twin.parameters();
  check(0, "x", at, twin_at);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    check(i + 1, parameters[i]->name, parameters[i]->value, twin_parameters[i]->value);
  return report;
}

// Makes the layer three times, with the same weights and streams, and calls f with the three.
template <class F>
CheckReport with_trio(const LayerMaker& make, const CheckOptions& options, F f) {
  Random for_layer(options.seed, "layer"), for_twin = for_layer, for_narrow = for_layer;
  const auto layer = make.make<double>(for_layer);
  const auto twin = make.make<Complex>(for_twin);
  const auto narrow = make.make<float>(for_narrow);
  Random random(options.seed, "check");
  randomize_parameters(*layer, random);
  return f(Trio{*layer, *twin, narrow.get()}, random);
}

CheckReport check_value_and_gradient(const Objective& objective, const Tensor<double>& y,
                                     const Tensor<double>* narrow, const CheckOptions& options) {
  Tensor<double> at = y;
  Tensor<Complex> twin_at = cast<Complex>(y);
  const Tensor<double> gradient = objective.real(at).gradient;
  Subject subject{"y",
                  at,
                  twin_at,
                  gradient,
                  [&] { return objective.real(at).value; },
                  [&] { return objective.twin(twin_at); }};
  subject.magnitude = objective.magnitude;
  subject.narrow = narrow;
  subject.rows = y.dim(0);
  subject.columns = y.dim(0) ? y.size() / y.dim(0) : 0;
  subject.of_loss = true;
  return {{check_tensor(subject, options)}};
}

}  // namespace

void randomize_parameters(Layer<double>& layer, Random& random) {
  for (Parameter<double>* p : layer.parameters()) {
    const bool has_rows = p->value.rank() > 1 && p->value.dim(0) > 0;
    const double deviation = has_rows ? 1 / std::sqrt(static_cast<double>(p->value.dim(0))) : 0.5;
    for (double& v : p->value) v = deviation * random.normal();
  }
}

Tensor<double> random_normal(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.normal(); });
}

CheckReport check_layer(Layer<double>& layer, Layer<Complex>& twin, const Tensor<double>& x,
                        const CheckOptions& options) {
  return check_trio({layer, twin, nullptr}, x, random_projection(layer, x, options), options);
}

CheckReport check_layer(const LayerMaker& make, const Shape& x, const CheckOptions& options) {
  return with_trio(make, options, [&](Trio trio, Random& random) {
    const Tensor<double> at = random_normal(x, random);
    return check_trio(trio, at, random_projection(trio.layer, at, options), options);
  });
}

CheckReport check_network(const LayerMaker& make, const LossFunction& loss, const Tensor<double>& x,
                          const Tensor<double>& target, const CheckOptions& options) {
  const Tensor<Complex> twin_target = cast<Complex>(target);
  return with_trio(make, options, [&](Trio trio, Random&) {
    const Objective objective{[&](const Tensor<double>& y) { return loss(y, target); },
                              [&](const Tensor<Complex>& y) { return loss(y, twin_target).value; },
                              std::abs(loss(trio.layer.predict(x), target).value)};
    return check_trio(trio, x, objective, options);
  });
}

CheckReport check_loss(const LossFunction& loss, const Tensor<double>& y, const Tensor<double>& target,
                       const CheckOptions& options) {
  const Tensor<Complex> twin_target = cast<Complex>(target);
  const Tensor<double> narrow = cast<double>(loss(cast<float>(y), cast<float>(target)).gradient);
  return check_value_and_gradient(
      {[&](const Tensor<double>& v) { return loss(v, target); },
       [&](const Tensor<Complex>& v) { return loss(v, twin_target).value; }, std::abs(loss(y, target).value)},
      y, &narrow, options);
}

CheckReport check_function(const std::function<Loss<double>(const Tensor<double>&)>& value_and_gradient,
                           const std::function<Complex(const Tensor<Complex>&)>& twin,
                           const Tensor<double>& y, const CheckOptions& options) {
  return check_value_and_gradient({value_and_gradient, twin, std::abs(value_and_gradient(y).value)}, y,
                                  nullptr, options);
}

}  // namespace mend
