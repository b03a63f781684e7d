#include "mend/optimizers/sgd.hpp"

namespace mend {

template <class T>
void Sgd<T>::update() {
  const T rate = static_cast<T>(this->learning_rate());
  for (Parameter<T>* p : this->parameters()) {
    T* __restrict w = p->value.data();
    const T* __restrict g = p->grad.data();
    for (std::size_t i = 0; i < p->value.size(); ++i) w[i] -= rate * g[i];
  }
}

template class Sgd<float>;
template class Sgd<double>;

}  // namespace mend
