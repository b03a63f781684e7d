#include "mend/layers/relu.hpp"

#include "mend/tensor/scalar.hpp"

namespace mend {

// y = max(x, 0)        x, y any shape
template <class T>
Tensor<T> Relu<T>::predict(const Tensor<T>& x) const {
  auto y = Tensor<T>::uninitialized(x.shape());
  parallel_loop(x.size(), [&](std::size_t i) { y[i] = real_part(x[i]) <= 0 ? T(0) : x[i]; });
  return y;
}

template <class T>
Tensor<T> Relu<T>::forward(Tensor<T> x) {
  saved_.x = std::move(x);
  return predict(saved_.x);
}

template <class T>
Tensor<T> Relu<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.x.shape());
  parallel_loop(dy.size(), [&](std::size_t i) {
    dy[i] = real_part(saved_.x[i]) <= 0 ? T(0) : dy[i];  // dx = dy [x > 0]
  });
  return dy;
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Relu)
