#include "mend/losses/clipped_mse.hpp"

#include <complex>

#include "mend/losses/terms.hpp"

namespace mend {

template <class T>
Loss<T> clipped_mse(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& weight) {
  require_elements("clipped_mse", y, target);
  require_same_shape("clipped_mse", y, weight);
  require_unit_interval("clipped_mse: target", target, "scale the targets");
  const auto negative =
      std::find_if(weight.begin(), weight.end(), [](const T& w) { return real_part(w) < 0; });
  if (negative != weight.end())
    throw Error("clipped_mse: weight[" + std::to_string(negative - weight.begin()) + "] is " +
                std::to_string(real_part(*negative)) + " but at least 0 was expected");
  return sum_terms<T>(y.shape(), static_cast<double>(y.dim(0)), [&](std::size_t i) {
    const auto at = real_part(y[i]), wanted = real_part(target[i]);
    const bool beyond = (wanted <= 0 && at < 0) || (wanted >= 1 && at > 1);
    const auto [value, slope] = squared_error(y[i], target[i]);
    return beyond ? std::pair(T(0), T(0)) : std::pair<T, T>(weight[i] * value, weight[i] * slope);
  });
}

#define MEND_INSTANTIATE_CLIPPED_MSE(T) \
  template Loss<T> clipped_mse(const Tensor<T>&, const Tensor<T>&, const Tensor<T>&);

MEND_INSTANTIATE_CLIPPED_MSE(float)
MEND_INSTANTIATE_CLIPPED_MSE(double)
MEND_INSTANTIATE_CLIPPED_MSE(std::complex<double>)

}  // namespace mend
