#pragma once

#include "mend/optimizers/optimizer.hpp"

namespace mend {

/// Nesterov's accelerated gradient: momentum that looks ahead (Nesterov 1983; Sutskever et al. 2013).
///
/// \f$ v \leftarrow \mu v + g,\quad w \leftarrow w - \eta (g + \mu v) \f$
///
/// The weights are kept where the gradient shall be taken, one velocity ahead (Bengio et al. 2013, section
/// 3.5): a training loop then takes gradients at w as with any other optimizer. On a quadratic of curvature
/// a, errors shrink like \f$ \sqrt{\mu (1 - \eta a)}^{\,t} \f$ where Momentum's shrink like
/// \f$ \sqrt{\mu}^{\,t} \f$.
template <class T>
class Nesterov : public Optimizer<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$
  /// \param momentum  \f$\mu\f$ in [0, 1)
  /// \throws Error when one is out of its range
  explicit Nesterov(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-2,
                    double momentum = 0.9);
  std::string describe() const override;

 protected:
  void update() override;

 private:
  double momentum_;
  std::vector<Tensor<T>>& v_;
};

}  // namespace mend
