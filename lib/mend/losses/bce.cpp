#include "mend/losses/bce.hpp"

#include <cmath>
#include <complex>

#include "mend/losses/elementwise.hpp"

namespace mend {

template <class T>
Loss<T> bce(const Tensor<T>& y, const Tensor<T>& target) {
  require_unit_interval("bce: y", y, "end the network with a sigmoid, or take bce_with_logits");
  require_unit_interval("bce: target", target, "scale the targets");
  return mean_elementwise_loss("bce", y, target, [](const T& v, const T& t) {
    const T low = static_cast<T>(1e-7), high = static_cast<T>(1 - 1e-7);
    const bool below = real_part(v) < real_part(low);
    const bool above = real_part(v) > real_part(high);
    const T p = below ? low : above ? high : v;
    const T slope = below || above ? T(0) : (p - t) / (p * (T(1) - p));
    return std::pair(-(t * std::log(p) + (T(1) - t) * std::log(T(1) - p)), slope);
  });
}

template Loss<float> bce(const Tensor<float>&, const Tensor<float>&);
template Loss<double> bce(const Tensor<double>&, const Tensor<double>&);
template Loss<std::complex<double>> bce(const Tensor<std::complex<double>>&,
                                        const Tensor<std::complex<double>>&);

}  // namespace mend
