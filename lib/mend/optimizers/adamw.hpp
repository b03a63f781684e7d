#pragma once

#include "mend/optimizers/adam.hpp"

namespace mend {

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): before each of Adam's steps
/// every weight shrinks by the same share, \f$ w \leftarrow (1 - \eta \lambda)\, w \f$.
///
/// A penalty \f$ \tfrac{\lambda}{2} w^2 \f$ in the loss would not do that: its gradient would pass through
/// Adam's division, and weights with large gradients would hardly decay. All parameters decay, biases too.
template <class T>
class AdamW : public Adam<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$
  /// \param weight_decay  \f$\lambda \ge 0\f$, with \f$ \eta \lambda \f$ well below 1; at 0 this is Adam
  /// \param beta1  in [0, 1)  \param beta2  in [0, 1)  \param epsilon  above 0; 1e-7 as in Keras
  /// \throws Error when one is out of its range
  explicit AdamW(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-3,
                 double weight_decay = 1e-2, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7);
  std::string describe() const override;

 protected:
  void update() override;

 private:
  double weight_decay_;
};

}  // namespace mend
