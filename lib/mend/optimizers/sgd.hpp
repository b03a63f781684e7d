#pragma once

#include "mend/optimizers/optimizer.hpp"

namespace mend {

/// Stochastic gradient descent: \f$ w \leftarrow w - \eta g \f$ (Robbins and Monro 1951).
template <class T>
class Sgd : public Optimizer<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$  \throws Error unless it is
  explicit Sgd(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-2)
      : Optimizer<T>(std::move(parameters), learning_rate) {}
  std::string describe() const override { return "Sgd"; }

 protected:
  void update() override;
};

}  // namespace mend
