#include "mend/losses/l1.hpp"

#include <complex>

#include "mend/losses/terms.hpp"

namespace mend {

template <class T>
Loss<T> l1(const Tensor<T>& y, const Tensor<T>& target) {
  return mean_elementwise_loss("l1", y, target, absolute_error);
}

template Loss<float> l1(const Tensor<float>&, const Tensor<float>&);
template Loss<double> l1(const Tensor<double>&, const Tensor<double>&);
template Loss<std::complex<double>> l1(const Tensor<std::complex<double>>&,
                                       const Tensor<std::complex<double>>&);

}  // namespace mend
