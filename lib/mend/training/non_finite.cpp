#include "mend/training/non_finite.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mend/layers/sequential.hpp"

namespace mend {
namespace {

std::vector<Layer<float>*> layers_of(Layer<float>& net) {
  auto* sequence = dynamic_cast<Sequential<float>*>(&net);
  if (!sequence) return {&net};
  std::vector<Layer<float>*> layers;
  for (std::size_t i = 0; i < sequence->size(); ++i) layers.push_back(&(*sequence)[i]);
  return layers;
}

std::string named(std::size_t i, const Layer<float>& layer) {
  return "layer " + std::to_string(i) + ", " + layer.describe();
}

template <class Part>
bool every_parameter(Layer<float>& layer, Part part) {
  const auto parameters = layer.parameters();
  return std::all_of(parameters.begin(), parameters.end(),
                     [&](const Parameter<float>* p) { return all_finite(p->*part); });
}

}  // namespace

// Zero times a number is zero, unless that is infinite or NaN. A sum, unlike a search, is done many at a time.
bool all_finite(const Tensor<float>& x) {
  const float* v = x.data();
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < x.size(); ++i) sum += v[i] * 0;
  return sum == 0;
}

std::string first_non_finite(Layer<float>& net, Batch batch, const BatchLoss& loss) {
  const std::vector<Layer<float>*> layers = layers_of(net);
  Tensor<float> y = std::move(batch.input);
  if (!all_finite(y)) return "the input";
  for (std::size_t i = 0; i < layers.size(); ++i) {
    y = layers[i]->forward(std::move(y));
    if (!all_finite(y))
      return "the output of " + named(i, *layers[i]) +
             (every_parameter(*layers[i], &Parameter<float>::value)
                  ? ""
                  : ", whose weights are not finite, either");
  }
  Loss<float> found = loss(y, batch);
  if (!std::isfinite(found.value)) return "the loss";
  if (!all_finite(found.gradient)) return "the gradient of the loss";
  zero_grad(net.parameters());
  Tensor<float> dy = std::move(found.gradient);
  for (std::size_t i = layers.size(); i-- > 0;) {
    dy = layers[i]->backward(std::move(dy));
    if (!all_finite(dy) || !every_parameter(*layers[i], &Parameter<float>::grad))
      return "the gradient of " + named(i, *layers[i]);
  }
  return "";
}

}  // namespace mend
