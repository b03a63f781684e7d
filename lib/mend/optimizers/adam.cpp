#include "mend/optimizers/adam.hpp"

#include <cmath>
#include <sstream>

namespace mend {

template <class T>
Adam<T>::Adam(std::vector<Parameter<T>*> parameters, double learning_rate, double beta1, double beta2,
              double epsilon)
    : Optimizer<T>(std::move(parameters), learning_rate),
      beta1_(beta1),
      beta2_(beta2),
      epsilon_(epsilon),
      m_(this->remember("m")),
      v_(this->remember("v")) {
  if (!(0 <= beta1 && beta1 < 1 && 0 <= beta2 && beta2 < 1 && epsilon > 0))
    throw Error("Adam: expected 0 <= beta < 1 and epsilon > 0, found " + Adam::describe());
}

template <class T>
std::string Adam<T>::describe() const {
  return "Adam(" + hyperparameters() + ")";
}

template <class T>
std::string Adam<T>::hyperparameters() const {
  std::ostringstream out;
  out << "beta1=" << beta1_ << ", beta2=" << beta2_ << ", epsilon=" << epsilon_;
  return out.str();
}

template <class T>
void Adam<T>::decay_and_update(T keep) {
  const double t = static_cast<double>(this->steps());
  const T b1 = static_cast<T>(beta1_), b2 = static_cast<T>(beta2_), epsilon = static_cast<T>(epsilon_);
  // Not 1 - b2: in float that would be off by 1e-5.
  const T c1 = static_cast<T>(1 - beta1_), c2 = static_cast<T>(1 - beta2_);
  const T rate = static_cast<T>(this->learning_rate() / (1 - std::pow(beta1_, t)));  // of m / (1 - beta1^t)
  const T unbias = static_cast<T>(1 / std::sqrt(1 - std::pow(beta2_, t)));           // of sqrt(v)
  this->for_each_range([=, this](std::size_t k, std::size_t first, std::size_t last) {
    T* __restrict w = this->parameters()[k]->value.data();
    const T* __restrict g = this->parameters()[k]->grad.data();
    T* __restrict m = m_[k].data();
    T* __restrict v = v_[k].data();
#pragma omp simd
    for (std::size_t i = first; i < last; ++i) {  // one pass: memory is what this costs
      m[i] = b1 * m[i] + c1 * g[i];
      v[i] = b2 * v[i] + c2 * g[i] * g[i];
      w[i] = keep * w[i] - rate * m[i] / (std::sqrt(v[i]) * unbias + epsilon);
    }
  });
}

template class Adam<float>;
template class Adam<double>;

}  // namespace mend
