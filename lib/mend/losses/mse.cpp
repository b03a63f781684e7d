#include "mend/losses/mse.hpp"

#include <complex>

#include "mend/losses/terms.hpp"

namespace mend {

template <class T>
Loss<T> mse(const Tensor<T>& y, const Tensor<T>& target) {
  return mean_elementwise_loss("mse", y, target, squared_error);
}

template Loss<float> mse(const Tensor<float>&, const Tensor<float>&);
template Loss<double> mse(const Tensor<double>&, const Tensor<double>&);
template Loss<std::complex<double>> mse(const Tensor<std::complex<double>>&,
                                        const Tensor<std::complex<double>>&);

}  // namespace mend
