#pragma once

#include <memory>

#include "mend/layers/layer.hpp"

namespace mend {

/// A shortcut around a branch f: \f$ y = x + f(x) \f$ (He et al. 2016). f only learns what to change.
///
/// Backward: \f$ dx = dy + J_f^\top dy \f$, so the gradient always has one way back that nothing weakens.
/// Parameters are named "branch.weight" and the like. Proof: tests/layers/residual_test.cpp.
template <class T>
class Residual : public Layer<T> {
 public:
  /// \param branch  f, a layer that returns what it was given in shape \throws Error for a null pointer
  explicit Residual(std::unique_ptr<Layer<T>> branch);

  std::string describe() const override { return "Residual(" + branch_->describe() + ")"; }
  Shape output_shape(const Shape& x) const override;
  Tensor<T> predict(const Tensor<T>& x) const override;
  Tensor<T> forward(Tensor<T> x) override;
  Tensor<T> backward(Tensor<T> dy) override;
  void backward_to_parameters(Tensor<T> dy) override;
  std::vector<Parameter<T>*> parameters() override { return branch_->parameters(); }
  std::vector<Random*> random_streams() override { return branch_->random_streams(); }

  const Layer<T>& branch() const { return *branch_; }  ///< f.

 private:
  std::unique_ptr<Layer<T>> branch_;
  struct {
    Shape y;  // the shape of x, too
  } saved_;
};

}  // namespace mend
