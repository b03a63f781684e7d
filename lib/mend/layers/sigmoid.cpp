#include "mend/layers/sigmoid.hpp"

#include "mend/tensor/functions.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

// y = 1 / (1 + e^-x)        x, y any shape
template <class T>
Tensor<T> Sigmoid<T>::predict(const Tensor<T>& x) const {
  return sigmoid(x);
}

template <class T>
Tensor<T> Sigmoid<T>::forward(Tensor<T> x) {
  saved_.y = sigmoid(std::move(x));
  return saved_.y;
}

template <class T>
Tensor<T> Sigmoid<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y.shape());
  parallel_loop(dy.size(), [&](std::size_t i) {
    dy[i] *= saved_.y[i] * (T(1) - saved_.y[i]);  // dx = dy y (1 - y)
  });
  return dy;
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Sigmoid)
