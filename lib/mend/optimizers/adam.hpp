#pragma once

#include "mend/optimizers/optimizer.hpp"

namespace mend {

/// Adam: steps scaled by running means of the gradient and of its square (Kingma and Ba 2015, algorithm 1).
///
/// \f$ m \leftarrow \beta_1 m + (1-\beta_1) g,\quad v \leftarrow \beta_2 v + (1-\beta_2) g^2,\quad
///     w \leftarrow w - \eta\, \frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \varepsilon} \f$
template <class T>
class Adam : public Optimizer<T> {
 public:
  /// \param parameters  what to change  \param learning_rate  \f$\eta > 0\f$
  /// \param beta1  in [0, 1)  \param beta2  in [0, 1)  \param epsilon  above 0; 1e-7 as in Keras
  /// \throws Error when one is out of its range
  explicit Adam(std::vector<Parameter<T>*> parameters, double learning_rate = 1e-3, double beta1 = 0.9,
                double beta2 = 0.999, double epsilon = 1e-7);
  std::string describe() const override;

 protected:
  void update() override { decay_and_update(T(1)); }
  /// The rule with every weight multiplied by `keep` first, in the same pass: what AdamW needs.
  void decay_and_update(T keep);
  /// "beta1=0.9, beta2=0.999, epsilon=1e-07".
  std::string hyperparameters() const;

 private:
  double beta1_, beta2_, epsilon_;
  std::vector<Tensor<T>>&m_, &v_;
};

}  // namespace mend
