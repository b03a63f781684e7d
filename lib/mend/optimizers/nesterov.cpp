#include "mend/optimizers/nesterov.hpp"

#include <sstream>

namespace mend {

template <class T>
Nesterov<T>::Nesterov(std::vector<Parameter<T>*> parameters, double learning_rate, double momentum)
    : Optimizer<T>(std::move(parameters), learning_rate), momentum_(momentum), v_(this->remember("v")) {
  if (!(0 <= momentum && momentum < 1))
    throw Error("Nesterov: expected 0 <= momentum < 1, found " + Nesterov::describe());
}

template <class T>
std::string Nesterov<T>::describe() const {
  std::ostringstream out;
  out << "Nesterov(momentum=" << momentum_ << ")";
  return out.str();
}

template <class T>
void Nesterov<T>::update() {
  const T rate = static_cast<T>(this->learning_rate()), mu = static_cast<T>(momentum_);
  this->for_each_range([=, this](std::size_t k, std::size_t first, std::size_t last) {
    T* __restrict w = this->parameters()[k]->value.data();
    const T* __restrict g = this->parameters()[k]->grad.data();
    T* __restrict v = v_[k].data();
#pragma omp simd
    for (std::size_t i = first; i < last; ++i) {
      v[i] = mu * v[i] + g[i];
      w[i] -= rate * (g[i] + mu * v[i]);  // where v will carry it next is seen already
    }
  });
}

template class Nesterov<float>;
template class Nesterov<double>;

}  // namespace mend
