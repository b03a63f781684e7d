#include "mend/layers/sequential.hpp"

#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
Sequential<T>& Sequential<T>::add(std::unique_ptr<Layer<T>> layer) {
  if (!layer) throw Error("Sequential::add: expected a layer, found a null pointer");
  for (Parameter<T>* p : layer->parameters()) p->name = std::to_string(layers_.size()) + "." + p->name;
  layers_.push_back(std::move(layer));
  return *this;
}

template <class T>
Layer<T>& Sequential<T>::operator[](std::size_t i) {
  return const_cast<Layer<T>&>(std::as_const(*this)[i]);
}

template <class T>
const Layer<T>& Sequential<T>::operator[](std::size_t i) const {
  if (i >= layers_.size())
    throw Error("Sequential: layer " + std::to_string(i) + " of " + std::to_string(layers_.size()));
  return *layers_[i];
}

template <class T>
std::string Sequential<T>::describe() const {
  std::string text;
  for (const auto& layer : layers_) text += (text.empty() ? "" : ", ") + layer->describe();
  return "Sequential(" + text + ")";
}

template <class T>
Shape Sequential<T>::output_shape(const Shape& x) const {
  Shape y = x;
  for (const auto& layer : layers_) y = layer->output_shape(y);
  return y;
}

template <class T>
Tensor<T> Sequential<T>::predict(const Tensor<T>& x) const {
  if (layers_.empty()) return x;
  Tensor<T> y = layers_.front()->predict(x);
  for (std::size_t i = 1; i < layers_.size(); ++i) y = layers_[i]->predict(y);
  return y;
}

template <class T>
Tensor<T> Sequential<T>::forward(Tensor<T> x) {
  for (const auto& layer : layers_) x = layer->forward(std::move(x));
  return x;
}

template <class T>
Tensor<T> Sequential<T>::backward(Tensor<T> dy) {
  for (std::size_t i = layers_.size(); i-- > 0;) dy = layers_[i]->backward(std::move(dy));
  return dy;
}

template <class T>
void Sequential<T>::backward_to_parameters(Tensor<T> dy) {
  if (layers_.empty()) return;
  for (std::size_t i = layers_.size(); --i > 0;) dy = layers_[i]->backward(std::move(dy));
  layers_.front()->backward_to_parameters(std::move(dy));
}

template <class T>
std::vector<Parameter<T>*> Sequential<T>::parameters() {
  std::vector<Parameter<T>*> all;
  for (const auto& layer : layers_)
    for (Parameter<T>* p : layer->parameters()) all.push_back(p);
  return all;
}

template <class T>
std::vector<Random*> Sequential<T>::random_streams() {
  std::vector<Random*> all;
  for (const auto& layer : layers_)
    for (Random* stream : layer->random_streams()) all.push_back(stream);
  return all;
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Sequential)
