#include "mend/layers/residual.hpp"

#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
Residual<T>::Residual(std::unique_ptr<Layer<T>> branch) : branch_(std::move(branch)) {
  if (!branch_) throw Error("Residual: expected a branch, found a null pointer");
  for (Parameter<T>* p : branch_->parameters()) p->name = "branch." + p->name;
}

template <class T>
Shape Residual<T>::output_shape(const Shape& x) const {
  const Shape branch = branch_->output_shape(x);
  if (branch != x)
    throw ShapeError(describe() + ": x is " + to_string(x) + " but the branch returns " + to_string(branch) +
                     ": to be added they must be the same");
  return x;
}

// y = x + f(x)        x, y, f(x) any shape, the same
template <class T>
Tensor<T> Residual<T>::predict(const Tensor<T>& x) const {
  output_shape(x.shape());
  return branch_->predict(x) + x;
}

template <class T>
Tensor<T> Residual<T>::forward(Tensor<T> x) {
  saved_.y = output_shape(x.shape());
  Tensor<T> y = branch_->forward(x);
  y += x;
  return y;
}

template <class T>
Tensor<T> Residual<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y);
  Tensor<T> dx = branch_->backward(dy);
  dx += dy;  // dx = J_f^T dy + dy
  return dx;
}

template <class T>
void Residual<T>::backward_to_parameters(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y);
  branch_->backward_to_parameters(std::move(dy));
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(Residual)
