#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// The hyperbolic tangent, element by element: \f$ y = \tanh x \f$, in (-1, 1) and centred, unlike the sigmoid
/// (LeCun et al. 1998).
///
/// Backward: \f$ dx = dy\, (1 - y^2) \f$. Proof: tests/layers/tanh_test.cpp.
template <class T>
class Tanh : public Layer<T> {
 public:
  std::string describe() const override { return "Tanh"; }
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
