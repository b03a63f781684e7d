#include "mend/optimizers/rmsprop.hpp"

#include <cmath>
#include <sstream>

namespace mend {

template <class T>
RmsProp<T>::RmsProp(std::vector<Parameter<T>*> parameters, double learning_rate, double decay, double epsilon)
    : Optimizer<T>(std::move(parameters), learning_rate),
      decay_(decay),
      epsilon_(epsilon),
      v_(this->remember("v")) {
  if (!(0 <= decay && decay < 1 && epsilon > 0))
    throw Error("RmsProp: expected 0 <= decay < 1 and epsilon > 0, found " + RmsProp::describe());
}

template <class T>
std::string RmsProp<T>::describe() const {
  std::ostringstream out;
  out << "RmsProp(decay=" << decay_ << ", epsilon=" << epsilon_ << ")";
  return out.str();
}

template <class T>
void RmsProp<T>::update() {
  const T rate = static_cast<T>(this->learning_rate()), epsilon = static_cast<T>(epsilon_);
  const T rho = static_cast<T>(decay_), rest = static_cast<T>(1 - decay_);
  this->for_each_range([=, this](std::size_t k, std::size_t first, std::size_t last) {
    T* __restrict w = this->parameters()[k]->value.data();
    const T* __restrict g = this->parameters()[k]->grad.data();
    T* __restrict v = v_[k].data();
#pragma omp simd
    for (std::size_t i = first; i < last; ++i) {
      v[i] = rho * v[i] + rest * g[i] * g[i];
      w[i] -= rate * g[i] / (std::sqrt(v[i]) + epsilon);
    }
  });
}

template class RmsProp<float>;
template class RmsProp<double>;

}  // namespace mend
