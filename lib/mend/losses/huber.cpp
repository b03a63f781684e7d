#include "mend/losses/huber.hpp"

#include <complex>

#include "mend/losses/elementwise.hpp"

namespace mend {

template <class T>
Loss<T> huber(const Tensor<T>& y, const Tensor<T>& target, double delta) {
  if (!(delta > 0)) throw Error("huber: expected delta above 0, found " + std::to_string(delta));
  const auto bound = static_cast<decltype(real_part(T()))>(delta);
  return mean_elementwise_loss("huber", y, target, [bound](const T& v, const T& t) {
    const T d = v - t;
    const T c = real_part(d) > bound ? T(bound) : real_part(d) < -bound ? T(-bound) : d;
    return std::pair(c * (d - c / T(2)), c);
  });
}

template Loss<float> huber(const Tensor<float>&, const Tensor<float>&, double);
template Loss<double> huber(const Tensor<double>&, const Tensor<double>&, double);
template Loss<std::complex<double>> huber(const Tensor<std::complex<double>>&,
                                          const Tensor<std::complex<double>>&, double);

}  // namespace mend
