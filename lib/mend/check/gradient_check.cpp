#include "mend/check/gradient_check.hpp"

#include <algorithm>
#include <cmath>

#include "mend/check/frozen.hpp"
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
};

// One and the same layer for each scalar, and where it is checked.
struct Trio {
  Layer<double>& layer;
  Layer<Complex>& twin;
  Layer<float>* narrow;  // null when there is none
};

// |R| in [0.5, 1.5] with random sign: never ones, never near zero.
Tensor<double> random_upstream(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) {
    const double size = random.uniform(0.5, 1.5);
    return random.bits() & 1 ? size : -size;
  });
}

// dx, then the gradient of each parameter.
template <class T>
std::vector<Tensor<T>> go_back(Frozen<T>& frozen, const Tensor<T>& x, const Tensor<T>& dy) {
  frozen.forward(x);
  std::vector<Tensor<T>> all{frozen.layer().backward(dy)};
  for (const Parameter<T>* p : frozen.layer().parameters()) all.push_back(p->grad);
  return all;
}

// Backward from cleared gradients, after a pass for another batch of which nothing may be left. With three times the
// upstream gradient a second pass shows whether dx triples and the gradients of parameters add up to four times the
// first.
struct TwoPasses {
  std::vector<Tensor<double>> first, second;  // second is empty when the first has a wrong shape

  // What is wrong with tensor i.
  Diagnosis suspicion(std::size_t i) const {
    if (second.empty() || !(norm(first[i]) > 0)) return {};  // there is a complaint about that already
    const bool adds_up = i > 0;
    const auto is = [&](double factor) { return relative_error(second[i], first[i] * factor) <= 1e-12; };
    if (is(adds_up ? 4 : 3)) return {};
    if (is(1) || (adds_up && is(2)))
      return {Cause::upstream_ignored,
              "three times the upstream gradient changes nothing; backward must multiply "
              "by dy"};
    if (adds_up && is(3))
      return {Cause::overwrites,
              "a second backward must add to the gradient of the first, but replaced it: += "
              "instead of ="};
    if (adds_up && is(5))
      return {Cause::adds_twice,
              "a second backward adds to the gradient of the first, and the first once more"};
    return {Cause::not_linear,
            "three times the upstream gradient is not three times the gradient, as the chain rule "
            "wants"};
  }
};

TwoPasses go_back_twice(Frozen<double>& frozen, const Tensor<double>& x, const Tensor<double>& upstream) {
  const auto parameters = frozen.layer().parameters();
  go_back(frozen, other_batch(x), upstream);
  for (Parameter<double>* p : parameters)
    p->grad = Tensor<double>(p->value.shape());  // of the right shape again
  TwoPasses passes{go_back(frozen, x, upstream), {}};
  bool shapes_fit = passes.first[0].shape() == x.shape();
  for (const Parameter<double>* p : parameters) shapes_fit &= p->grad.shape() == p->value.shape();
  if (shapes_fit) passes.second = go_back(frozen, x, Tensor<double>(upstream * 3));
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->grad = passes.first[i + 1];
  return passes;
}

// The same in float, at the same parameters.
std::vector<Tensor<double>> go_back_in_float(Trio trio, const Tensor<double>& x,
                                             const Tensor<double>& upstream) {
  if (!trio.narrow) return {};
  const auto parameters = trio.narrow->parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i)
    parameters[i]->value = cast<float>(trio.layer.parameters()[i]->value);
  zero_grad(parameters);
  Frozen<float> frozen(*trio.narrow);
  std::vector<Tensor<double>> all;
  for (const Tensor<float>& gradient : go_back(frozen, cast<float>(x), cast<float>(upstream)))
    all.push_back(cast<double>(gradient));
  return all;
}

CheckReport check_trio(Trio trio, const Tensor<double>& x, const Objective& objective,
                       const CheckOptions& options) {
  const auto parameters = trio.layer.parameters();
  const auto twin_parameters = trio.twin.parameters();
  if (parameters.size() != twin_parameters.size() || trio.layer.describe() != trio.twin.describe())
    throw Error("check_layer: " + trio.layer.describe() + " and its twin " + trio.twin.describe() +
                " must be the same");
  for (std::size_t i = 0; i < parameters.size(); ++i)
    twin_parameters[i]->value = cast<Complex>(parameters[i]->value);

  Frozen<double> frozen(trio.layer);
  Frozen<Complex> frozen_twin(trio.twin);
  Tensor<double> at = x;
  Tensor<Complex> twin_at = cast<Complex>(x);
  frozen.forward(other_batch(x));  // what a layer keeps of its first batch would be right for x
  const Tensor<double> upstream = objective.real(frozen.forward(at)).gradient;
  TwoPasses passes;
  std::vector<Tensor<double>> narrow;
  try {
    passes = go_back_twice(frozen, at, upstream);
    narrow = go_back_in_float(trio, at, upstream);
  } catch (const ShapeError& error) {
    return {{{.name = "x",
              .shape = x.shape(),
              .complaint = std::string("backward fails: ") + error.what(),
              .diagnosis = {Cause::wrong_shape,
                            "for a dy of the shape of y, backward combines tensors that do not "
                            "fit each other"}}}};
  }
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
    subject.suspicion = passes.suspicion(i);
    subject.narrow = narrow.empty() ? nullptr : &narrow[i];
    subject.rows = x.dim(0);
    subject.columns = upstream.dim(0) ? upstream.size() / upstream.dim(0) : 0;
    subject.suspects = [&](const Coordinates& coordinates, const Tensor<double>& truth) {
      return suspects.of(twin_here, coordinates, truth);
    };
    report.tensors.push_back(check_tensor(subject, options));
  };
  check(0, "x", at, twin_at);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    check(i + 1, parameters[i]->name, parameters[i]->value, twin_parameters[i]->value);
  return report;
}

// sum(R * y) for a random R of the shape that the layer returns.
Objective random_projection(const Layer<double>& layer, const Shape& x, const CheckOptions& options) {
  Random random(options.seed, "upstream");
  const Tensor<double> upstream = random_upstream(layer.output_shape(x), random);
  const Tensor<Complex> twin_upstream = cast<Complex>(upstream);
  return {[=](const Tensor<double>& y) {
            return Loss<double>{dot(y, upstream), upstream};
          },
          [=](const Tensor<Complex>& y) { return dot(y, twin_upstream); }};
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
  return check_trio({layer, twin, nullptr}, x, random_projection(layer, x.shape(), options), options);
}

CheckReport check_layer(const LayerMaker& make, const Shape& x, const CheckOptions& options) {
  return with_trio(make, options, [&](Trio trio, Random& random) {
    return check_trio(trio, random_normal(x, random), random_projection(trio.layer, x, options), options);
  });
}

CheckReport check_network(const LayerMaker& make, const LossFunction& loss, const Tensor<double>& x,
                          const Tensor<double>& target, const CheckOptions& options) {
  const Tensor<Complex> twin_target = cast<Complex>(target);
  const Objective objective{[&](const Tensor<double>& y) { return loss(y, target); },
                            [&](const Tensor<Complex>& y) { return loss(y, twin_target).value; }};
  return with_trio(make, options,
                   [&](Trio trio, Random&) { return check_trio(trio, x, objective, options); });
}

namespace {

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
  subject.narrow = narrow;
  subject.rows = y.dim(0);
  subject.columns = y.dim(0) ? y.size() / y.dim(0) : 0;
  subject.of_loss = true;
  return {{check_tensor(subject, options)}};
}

}  // namespace

CheckReport check_loss(const LossFunction& loss, const Tensor<double>& y, const Tensor<double>& target,
                       const CheckOptions& options) {
  const Tensor<Complex> twin_target = cast<Complex>(target);
  const Tensor<double> narrow = cast<double>(loss(cast<float>(y), cast<float>(target)).gradient);
  return check_value_and_gradient({[&](const Tensor<double>& v) { return loss(v, target); },
                                   [&](const Tensor<Complex>& v) { return loss(v, twin_target).value; }},
                                  y, &narrow, options);
}

CheckReport check_function(const std::function<Loss<double>(const Tensor<double>&)>& value_and_gradient,
                           const std::function<Complex(const Tensor<Complex>&)>& twin,
                           const Tensor<double>& y, const CheckOptions& options) {
  return check_value_and_gradient({value_and_gradient, twin}, y, nullptr, options);
}

}  // namespace mend
