#pragma once

#include "mend/optimizers/optimizer.hpp"

namespace mend {

/// Gradient descent with momentum, the heavy ball (Polyak 1964): gradients gather in a velocity v.
///
/// \f$ v \leftarrow \mu v + g,\quad w \leftarrow w - \eta v \f$
///
/// Under a constant gradient v grows to \f$ g / (1 - \mu) \f$: ten times the gradient for \f$ \mu = 0.9 \f$.
/// The velocity does not contain the learning rate (as in PyTorch, unlike Keras): a schedule acts at once.
template <class T>
class Momentum : public Optimizer<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$
  /// \param momentum  \f$\mu\f$ in [0, 1)
  /// \throws Error when one is out of its range
  explicit Momentum(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-2,
                    double momentum = 0.9);
  std::string describe() const override;

 protected:
  void update() override;

 private:
  double momentum_;
  std::vector<Tensor<T>>& v_;
};

}  // namespace mend
