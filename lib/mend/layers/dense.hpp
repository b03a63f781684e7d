#pragma once

#include "mend/layers/initializers.hpp"
#include "mend/layers/layer.hpp"

namespace mend {

/// The fully connected layer: \f$ y = x W + b \f$ with x (N, in), W (in, out), b (out), y (N, out).
///
/// Backward: \f$ dW = x^\top dy,\; db = \sum_n dy_n,\; dx = dy\, W^\top \f$
/// (Goodfellow, Bengio, Courville 2016, section 6.5). Derivation and proof: tests/layers/dense_test.cpp.
template <class T>
class Dense : public Layer<T> {
 public:
  /// Weights from the initializer, biases zero.
  Dense(std::size_t in, std::size_t out, Random& random, const Initializer& weights = glorot_uniform);
  /// The given weight (in, out) and bias (out). \throws ShapeError when they do not belong together.
  Dense(Tensor<T> weight, Tensor<T> bias);

  std::string describe() const override;
  Shape output_shape(const Shape& x) const override;
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;
  void backward_to_parameters(Tensor<T> dy) override;
  std::vector<Parameter<T>*> parameters() override { return {&weight_, &bias_}; }

  const Tensor<T>& weight() const { return weight_.value; }  ///< W (in, out).
  const Tensor<T>& bias() const { return bias_.value; }      ///< b (out).

 private:
  void backward_to_weights(const Tensor<T>& dy);

  Parameter<T> weight_, bias_;
  struct {
    Tensor<T> x;  // (N, in)
  } saved_;
};

}  // namespace mend
