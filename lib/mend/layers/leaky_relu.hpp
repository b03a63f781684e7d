#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// A rectifier that leaks, element by element: y = x for x > 0, else \f$ y = s\, x \f$ with a small slope s
/// (Maas, Hannun and Ng 2013). A unit that is off still learns a little, so it cannot die.
///
/// Backward: dx = dy for x > 0, else \f$ dx = s\, dy \f$; the slope at the kink x = 0 is s, as Relu's is 0.
/// NaN stays NaN. Proof: tests/layers/leaky_relu_test.cpp.
template <class T>
class LeakyRelu : public Layer<T> {
 public:
  /// \param slope  the slope below 0, in [0, 1) \throws Error for another one
  explicit LeakyRelu(double slope = 0.01);

  std::string describe() const override;
  Shape output_shape(const Shape& x) const override { return x; }
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;

  double slope() const { return slope_; }  ///< s.

 private:
  double slope_;
  struct {
    Tensor<T> x;  // any shape
  } saved_;
};

}  // namespace mend
