#pragma once

#include "mend/layers/layer.hpp"

namespace mend {

/// Switches off each unit with probability p while training (Srivastava et al. 2014), so that no unit can rely
/// on another. Inverted: what is kept is scaled by 1 / (1 - p), so that predict is the identity.
///
/// \f$ y = m \odot x \f$ with a fresh mask at each forward, \f$ m_i = 0 \f$ with probability p and else
/// \f$ 1 / (1 - p) \f$. Backward: \f$ dx = m \odot dy \f$. Proof: tests/layers/dropout_test.cpp.
template <class T>
class Dropout : public Layer<T> {
 public:
  /// \param rate  p, how likely a unit is to be switched off, in [0, 1) \throws Error for another one
  /// \param random  the stream of the masks, the layer's own: Random(seed, "dropout")
  Dropout(double rate, Random random);

  std::string describe() const override;
  Shape output_shape(const Shape& x) const override { return x; }
  Tensor<T> predict(const Tensor<T>& x) const override { return x; }
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;
  std::vector<Random*> random_streams() override { return {&random_}; }

 private:
  double rate_;
  Random random_;
  struct {
    Tensor<T> mask;  // 0 or 1 / (1 - p), in the shape of x
  } saved_;
};

}  // namespace mend
