#include "mend/losses/bce_with_logits.hpp"

#include <complex>

#include "mend/losses/terms.hpp"

namespace mend {

template <class T>
Loss<T> bce_with_logits(const Tensor<T>& z, const Tensor<T>& target) {
  const LogisticTerms<T> terms("bce_with_logits", z, target);
  return sum_terms<T>(z.shape(), static_cast<double>(z.size()), [&](std::size_t i) { return terms(i); });
}

template Loss<float> bce_with_logits(const Tensor<float>&, const Tensor<float>&);
template Loss<double> bce_with_logits(const Tensor<double>&, const Tensor<double>&);
template Loss<std::complex<double>> bce_with_logits(const Tensor<std::complex<double>>&,
                                                    const Tensor<std::complex<double>>&);

}  // namespace mend
