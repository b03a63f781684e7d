#include "mend/optimizers/sgd.hpp"

namespace mend {

template <class T>
void Sgd<T>::update() {
  const T rate = static_cast<T>(this->learning_rate());
  this->for_each_range([=, this](std::size_t k, std::size_t first, std::size_t last) {
    T* __restrict w = this->parameters()[k]->value.data();
    const T* __restrict g = this->parameters()[k]->grad.data();
#pragma omp simd
    for (std::size_t i = first; i < last; ++i) w[i] -= rate * g[i];
  });
}

template class Sgd<float>;
template class Sgd<double>;

}  // namespace mend
