#include "mend/layers/skip_concat.hpp"

#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {

template <class T>
SkipConcat<T>::SkipConcat(std::unique_ptr<Layer<T>> branch) : branch_(std::move(branch)) {
  if (!branch_) throw Error("SkipConcat: expected a branch, found a null pointer");
  for (Parameter<T>* p : branch_->parameters()) p->name = "branch." + p->name;
}

template <class T>
Shape SkipConcat<T>::output_shape(const Shape& x) const {
  const Shape branch = branch_->output_shape(x);
  if (x.rank() != 2 || branch.rank() != 2 || branch[0] != x[0])
    throw ShapeError(describe() + ": x is " + to_string(x) + " and the branch returns " + to_string(branch) +
                     " but (N, D) and (N, E) were expected");
  return {x[0], x[1] + branch[1]};
}

// y = [x | f(x)]        x (N, D)   f(x) (N, E)   y (N, D + E)
template <class T>
Tensor<T> SkipConcat<T>::predict(const Tensor<T>& x) const {
  output_shape(x.shape());
  return concat_columns(x, branch_->predict(x));
}

template <class T>
Tensor<T> SkipConcat<T>::forward(Tensor<T> x) {
  saved_ = {x.shape(), output_shape(x.shape())};
  return concat_columns(x, branch_->forward(x));
}

template <class T>
Tensor<T> SkipConcat<T>::backward(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y);
  auto [dy_x, dy_f] = split_columns(dy, saved_.x[1]);
  dy_x += branch_->backward(std::move(dy_f));  // dx = dy_x + J_f^T dy_f
  return std::move(dy_x);
}

template <class T>
void SkipConcat<T>::backward_to_parameters(Tensor<T> dy) {
  require_upstream(*this, dy.shape(), saved_.y);
  branch_->backward_to_parameters(split_columns(dy, saved_.x[1]).second);
}

}  // namespace mend

MEND_INSTANTIATE_CLASS(SkipConcat)
