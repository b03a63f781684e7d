#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// A rectifier without a kink, element by element: \f$ y = \log(1 + e^x) \f$, above 0 (Dugas et al. 2001).
///
/// Backward: \f$ dx = dy \cdot \sigma(x) \f$, where \f$ \sigma \f$ is the sigmoid: a smooth step in place of the
/// jump of Relu. Proof: tests/layers/softplus_test.cpp.
template <class T>
class Softplus : public Layer<T> {
 public:
  std::string describe() const override { return "Softplus"; }
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
