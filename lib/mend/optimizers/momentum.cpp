#include "mend/optimizers/momentum.hpp"

#include <sstream>

namespace mend {

template <class T>
Momentum<T>::Momentum(std::vector<Parameter<T>*> parameters, double learning_rate, double momentum)
    : Optimizer<T>(std::move(parameters), learning_rate), momentum_(momentum), v_(this->remember("v")) {
  if (!(0 <= momentum && momentum < 1))
    throw Error("Momentum: expected 0 <= momentum < 1, found " + Momentum::describe());
}

template <class T>
std::string Momentum<T>::describe() const {
  std::ostringstream out;
  out << "Momentum(momentum=" << momentum_ << ")";
  return out.str();
}

template <class T>
void Momentum<T>::update() {
  const T rate = static_cast<T>(this->learning_rate()), mu = static_cast<T>(momentum_);
  this->for_each_range([=, this](std::size_t k, std::size_t first, std::size_t last) {
    T* __restrict w = this->parameters()[k]->value.data();
    const T* __restrict g = this->parameters()[k]->grad.data();
    T* __restrict v = v_[k].data();
#pragma omp simd
    for (std::size_t i = first; i < last; ++i) {
      v[i] = mu * v[i] + g[i];
      w[i] -= rate * v[i];
    }
  });
}

template class Momentum<float>;
template class Momentum<double>;

}  // namespace mend
