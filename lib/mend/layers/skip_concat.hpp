#pragma once

#include <memory>

#include "mend/layers/layer.hpp"

namespace mend {

/// A shortcut beside a branch f: \f$ y = [\, x \mid f(x)\, ] \f$, x (N, D), f(x) (N, E), y (N, D + E)
/// (Ronneberger, Fischer and Brox 2015; Huang et al. 2017). What comes after sees both.
///
/// Backward: dy splits into the columns of x and of f, \f$ dy = [\, dy_x \mid dy_f\, ] \f$, and
/// \f$ dx = dy_x + J_f^\top dy_f \f$. Parameters are named "branch.weight" and the like.
/// Proof: tests/layers/skip_concat_test.cpp.
template <class T>
class SkipConcat : public Layer<T> {
 public:
  /// \param branch  f, a layer from (N, D) to (N, E) \throws Error for a null pointer
  explicit SkipConcat(std::unique_ptr<Layer<T>> branch);

  std::string describe() const override { return "SkipConcat(" + branch_->describe() + ")"; }
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
    Shape x, y;  // (N, D) and (N, D + E)
  } saved_;
};

}  // namespace mend
