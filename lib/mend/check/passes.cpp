#include "mend/check/passes.hpp"

#include "mend/check/oracles.hpp"
#include "mend/check/suspects.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

// dx, then the gradient of each parameter.
template <class T>
std::vector<Tensor<T>> go_back(Frozen<T>& frozen, const Tensor<T>& x, const Tensor<T>& dy) {
  frozen.forward(x);
  std::vector<Tensor<T>> all{frozen.layer().backward(dy)};
  for (const Parameter<T>* p : frozen.layer().parameters()) all.push_back(p->grad);
  return all;
}

}  // namespace

void share_parameters(Trio trio) {
  const auto parameters = trio.layer.parameters();
  const auto twins = trio.twin.parameters();
  if (parameters.size() != twins.size() || trio.layer.describe() != trio.twin.describe())
    throw Error("check_layer: " + trio.layer.describe() + " with " + std::to_string(parameters.size()) +
                " parameters and its twin " + trio.twin.describe() + " with " + std::to_string(twins.size()) +
                " must be the same");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    twins[i]->value = cast<std::complex<double>>(parameters[i]->value);
    if (trio.narrow) trio.narrow->parameters().at(i)->value = cast<float>(parameters[i]->value);
  }
}

Diagnosis TwoPasses::suspicion(std::size_t i) const {
  if (moved[i])
    return {Cause::argument_changed,
            "backward changes the parameter itself; that is for the optimizer to do"};
  if (second.empty() || !(norm(first[i]) > 0)) return {};  // there is a complaint about that already
  const bool adds_up = i > 0;
  const auto is = [&](double factor) { return relative_error(second[i], first[i] * factor) <= 1e-12; };
  if (is(adds_up ? 4 : 3)) return {};
  if (is(1) || (adds_up && is(2)))
    return {Cause::upstream_ignored,
            "three times the upstream gradient changes nothing; backward must multiply by dy"};
  if (adds_up && is(3))
    return {Cause::overwrites,
            "a second backward must add to the gradient of the first, but replaced it: += instead of ="};
  if (adds_up && is(5))
    return {Cause::adds_twice,
            "a second backward adds to the gradient of the first, and the first once more"};
  return {Cause::not_linear,
          "three times the upstream gradient is not three times the gradient, as the chain rule wants"};
}

TwoPasses go_back_twice(Frozen<double>& frozen, const Tensor<double>& x, const Tensor<double>& upstream) {
  const auto parameters = frozen.layer().parameters();
  std::vector<Tensor<double>> values;
  values.reserve(parameters.size());
  for (const Parameter<double>* p : parameters) values.push_back(p->value);
  const auto restore = [&] {
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->value = values[i];
  };
  go_back(frozen, other_batch(x), upstream);
  TwoPasses passes{{}, {}, {false}};
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    passes.moved.push_back(parameters[i]->value != values[i]);
    parameters[i]->grad = Tensor<double>(values[i].shape());  // of the right shape again
  }
  restore();
  passes.first = go_back(frozen, x, upstream);
  restore();
  bool shapes_fit = passes.first[0].shape() == x.shape();
  for (const Parameter<double>* p : parameters) shapes_fit &= p->grad.shape() == p->value.shape();
  if (shapes_fit) passes.second = go_back(frozen, x, Tensor<double>(upstream * 3));
  restore();
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i]->grad = passes.first[i + 1];
  return passes;
}

std::vector<Tensor<double>> go_back_in_float(Trio trio, const Tensor<double>& x,
                                             const Tensor<double>& upstream) {
  if (!trio.narrow) return {};
  zero_grad(trio.narrow->parameters());
  Frozen<float> frozen(*trio.narrow);
  std::vector<Tensor<double>> all;
  for (const Tensor<float>& gradient : go_back(frozen, cast<float>(x), cast<float>(upstream)))
    all.push_back(cast<double>(gradient));
  return all;
}

}  // namespace mend
