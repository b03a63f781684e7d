#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// The rectifier, element by element: \f$ y = \max(x, 0) \f$ (Nair and Hinton 2010).
///
/// Backward: \f$ dx = dy \cdot [x > 0] \f$. At the kink x = 0 the slope is taken as 0, one of the subgradients
/// [0, 1]. NaN stays NaN: a network that diverges shall be seen. Proof: tests/layers/relu_test.cpp.
template <class T>
class Relu : public Layer<T> {
 public:
  std::string describe() const override { return "Relu"; }
  Shape output_shape(const Shape& x) const override { return x; }
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;

 private:
  struct {
    Tensor<T> x;  // any shape
  } saved_;
};

}  // namespace mend
