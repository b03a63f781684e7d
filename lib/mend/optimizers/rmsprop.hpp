#pragma once

#include "mend/optimizers/optimizer.hpp"

namespace mend {

/// RMSProp: gradients divided by the root of their running mean square (Hinton et al. 2012, lecture 6e).
///
/// \f$ v \leftarrow \rho v + (1-\rho) g^2,\quad w \leftarrow w - \eta\, \frac{g}{\sqrt{v} + \varepsilon} \f$
///
/// v begins at 0 and is not corrected for it, unlike Adam's: the first step is
/// \f$ 1/\sqrt{1-\rho} \f$ times too long.
template <class T>
class RmsProp : public Optimizer<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$
  /// \param decay  \f$\rho\f$ in [0, 1)  \param epsilon  above 0; 1e-7 as in Keras
  /// \throws Error when one is out of its range
  explicit RmsProp(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-3, double decay = 0.9,
                   double epsilon = 1e-7);
  std::string describe() const override;

 protected:
  void update() override;

 private:
  double decay_, epsilon_;
  std::vector<Tensor<T>>& v_;
};

}  // namespace mend
