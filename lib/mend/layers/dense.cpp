#include "mend/layers/dense.hpp"

#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
Dense<T>::Dense(std::size_t in, std::size_t out, Random& random, const Initializer& weights)
    : Dense(cast<T>(weights(in, out, random)), Tensor<T>({out})) {}

template <class T>
Dense<T>::Dense(Tensor<T> weight, Tensor<T> bias)
    : weight_("weight", std::move(weight)), bias_("bias", std::move(bias)) {
  if (weight_.value.rank() != 2 || bias_.value.shape() != Shape{weight_.value.dim(1)})
    throw ShapeError("Dense: weight is " + to_string(weight_.value.shape()) + " and bias is " +
                     to_string(bias_.value.shape()) + " but (in, out) and (out) were expected");
}

template <class T>
std::string Dense<T>::describe() const {
  return "Dense" + to_string(weight_.value.shape());
}

template <class T>
Shape Dense<T>::output_shape(const Shape& x) const {
  require_columns(*this, x, weight_.value.dim(0));
  return {x[0], weight_.value.dim(1)};
}

// y = x W + b        x (N, in)   W (in, out)   b (out)   y (N, out)
template <class T>
Tensor<T> Dense<T>::predict(const Tensor<T>& x) const {
  require_columns(*this, x.shape(), weight_.value.dim(0));
  return add_rows(matmul(x, weight_.value), bias_.value);
}

template <class T>
Tensor<T> Dense<T>::forward(Tensor<T> x) {
  saved_.x = std::move(x);
  return predict(saved_.x);
}

template <class T>
Tensor<T> Dense<T>::backward(Tensor<T> dy) {
  backward_to_weights(dy);
  return matmul_nt(dy, weight_.value);  // dx = dy W^T
}

template <class T>
void Dense<T>::backward_to_parameters(Tensor<T> dy) {
  backward_to_weights(dy);
}

template <class T>
void Dense<T>::backward_to_weights(const Tensor<T>& dy) {
  require_upstream(*this, dy.shape(), {saved_.x.dim(0), weight_.value.dim(1)});
  add_matmul_tn(weight_.grad, saved_.x, dy);  // dW = x^T dy
  add_sum_rows(bias_.grad, dy);               // db = sum of dy over the batch
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Dense)
