#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// The logistic sigmoid, element by element: \f$ y = 1 / (1 + e^{-x}) \f$, in (0, 1) (Rumelhart, Hinton and
/// Williams 1986).
///
/// Backward: \f$ dx = dy \cdot y (1 - y) \f$, at most a quarter of dy. Proof: tests/layers/sigmoid_test.cpp.
template <class T>
class Sigmoid : public Layer<T> {
 public:
  std::string describe() const override { return "Sigmoid"; }
  Shape output_shape(const Shape& x) const override { return x; }
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;

 private:
  struct {
    Tensor<T> y;  // any shape
  } saved_;
};

}  // namespace mend
