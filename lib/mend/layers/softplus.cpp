#include "mend/layers/softplus.hpp"

#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

// y = log(1 + e^x)        x, y any shape
template <class T>
Tensor<T> Softplus<T>::predict(const Tensor<T>& x) const {
  return softplus(x);
}

template <class T>
Tensor<T> Softplus<T>::forward(Tensor<T> x) {
  saved_.x = std::move(x);
  return predict(saved_.x);
}

template <class T>
Tensor<T> Softplus<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.x.shape());
  return multiply(std::move(dy), sigmoid(saved_.x));  // dx = dy sigma(x)
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Softplus)
