#include "mend/layers/tanh.hpp"

#include "mend/tensor/functions.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

// y = tanh x        x, y any shape
template <class T>
Tensor<T> Tanh<T>::predict(const Tensor<T>& x) const {
  return tanh(x);
}

template <class T>
Tensor<T> Tanh<T>::forward(Tensor<T> x) {
  saved_.y = tanh(std::move(x));
  return saved_.y;
}

template <class T>
Tensor<T> Tanh<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y.shape());
  for (std::size_t i = 0; i < dy.size(); ++i)
    dy[i] *= (T(1) - saved_.y[i]) * (T(1) + saved_.y[i]);  // dx = dy (1 - y^2)
  return dy;
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Tanh)
