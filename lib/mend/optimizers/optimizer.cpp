#include "mend/optimizers/optimizer.hpp"

#include <algorithm>
#include <cmath>

#include "mend/tensor/ops.hpp"

namespace mend {

template <class T>
Optimizer<T>::Optimizer(std::vector<Parameter<T>*> parameters, double learning_rate)
    : parameters_(std::move(parameters)), learning_rate_(learning_rate) {
  if (!(learning_rate > 0 && std::isfinite(learning_rate)))
    throw Error("Optimizer: expected a learning rate above 0, found " + std::to_string(learning_rate));
  if (std::find(parameters_.begin(), parameters_.end(), nullptr) != parameters_.end())
    throw Error("Optimizer: expected parameters, found a null pointer; take them from layer.parameters()");
}

template <class T>
void Optimizer<T>::step() {
  take_step(false);
}

template <class T>
void Optimizer<T>::step_and_zero_grad() {
  take_step(true);
  if (zero_grad_too_) zero_grad();  // an update() that goes its own way
}

template <class T>
void Optimizer<T>::take_step(bool zero_grad_too) {
  for (const Parameter<T>* p : parameters_)
    if (p->value.shape() != p->grad.shape())
      require_same_shape(("value and gradient of " + p->name).c_str(), p->value, p->grad);
  ++steps_;
  zero_grad_too_ = zero_grad_too;
  update();
}

template <class T>
void Optimizer<T>::set_learning_rate(double rate) {
  if (!(rate >= 0 && std::isfinite(rate)))
    throw Error("Optimizer: expected a learning rate of at least 0, found " + std::to_string(rate));
  learning_rate_ = rate;
}

template <class T>
std::vector<Tensor<T>>& Optimizer<T>::remember(const std::string& name) {
  auto tensors = std::make_unique<std::vector<Tensor<T>>>();
  for (const Parameter<T>* p : parameters_) tensors->emplace_back(p->value.shape());
  memory_.emplace_back(name, std::move(tensors));
  return *memory_.back().second;
}

template <class T>
std::vector<std::pair<std::string, Tensor<T>*>> Optimizer<T>::state() {
  std::vector<std::pair<std::string, Tensor<T>*>> all;
  for (auto& [name, tensors] : memory_)
    for (std::size_t i = 0; i < tensors->size(); ++i)
      all.emplace_back(name + "." + parameters_[i]->name, &(*tensors)[i]);
  return all;
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace mend
