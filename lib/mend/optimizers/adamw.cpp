#include "mend/optimizers/adamw.hpp"

#include <cmath>
#include <sstream>

namespace mend {

template <class T>
AdamW<T>::AdamW(std::vector<Parameter<T>*> parameters, double learning_rate, double weight_decay,
                double beta1, double beta2, double epsilon)
    : Adam<T>(std::move(parameters), learning_rate, beta1, beta2, epsilon), weight_decay_(weight_decay) {
  if (!(weight_decay >= 0 && std::isfinite(weight_decay)))
    throw Error("AdamW: expected a weight decay of at least 0, found " + AdamW::describe());
}

template <class T>
std::string AdamW<T>::describe() const {
  std::ostringstream out;
  out << "AdamW(weight_decay=" << weight_decay_ << ", " << this->hyperparameters() << ")";
  return out.str();
}

template <class T>
void AdamW<T>::update() {
  this->decay_and_update(static_cast<T>(1 - this->learning_rate() * weight_decay_));
}

template class AdamW<float>;
template class AdamW<double>;

}  // namespace mend
