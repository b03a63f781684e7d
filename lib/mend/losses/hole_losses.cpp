#include "mend/losses/hole_losses.hpp"

#include <cmath>
#include <complex>

#include "mend/losses/terms.hpp"

namespace mend {
namespace {

// The mean of term(i) with weights w = hole + known_weight (1 - hole).
template <class T, class Term>
Loss<T> weighted_mean(const std::string& name, const Tensor<T>& hole, double known_weight, Term term) {
  require_unit_interval(name + ": hole", hole, "1 is missing, 0 is known");
  if (!(known_weight >= 0 && std::isfinite(known_weight)))
    throw Error(name + ": expected known_weight of at least 0, found " + std::to_string(known_weight));
  const double missing = static_cast<double>(real_part(sum(hole)));
  const double total = missing + known_weight * (static_cast<double>(hole.size()) - missing);
  if (!(total > 0))
    throw Error(name + ": no pixel is missing; damage the batch, or give known_weight above 0");
  const T known = static_cast<T>(known_weight);
  return sum_terms<T>(hole.shape(), total, [&](std::size_t i) {
    const T weight = hole[i] + known * (T(1) - hole[i]);
    const auto [value, slope] = term(i);
    return std::pair(weight * value, weight * slope);
  });
}

// The same for a loss of a pixel that needs y and t alone.
template <class T, class F>
Loss<T> hole_loss(const char* name, const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& hole,
                  double known_weight, F f) {
  require_elements(name, y, target);
  require_same_shape(name, y, hole);
  return weighted_mean(name, hole, known_weight, [&](std::size_t i) { return f(y[i], target[i]); });
}

}  // namespace

template <class T>
Loss<T> hole_mse(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& hole, double known_weight) {
  return hole_loss("hole_mse", y, target, hole, known_weight, squared_error);
}

template <class T>
Loss<T> hole_l1(const Tensor<T>& y, const Tensor<T>& target, const Tensor<T>& hole, double known_weight) {
  return hole_loss("hole_l1", y, target, hole, known_weight, absolute_error);
}

template <class T>
Loss<T> hole_bce_with_logits(const Tensor<T>& z, const Tensor<T>& target, const Tensor<T>& hole,
                             double known_weight) {
  require_same_shape("hole_bce_with_logits", z, hole);
  const LogisticTerms<T> terms("hole_bce_with_logits", z, target);
  return weighted_mean("hole_bce_with_logits", hole, known_weight, [&](std::size_t i) { return terms(i); });
}

#define MEND_INSTANTIATE_HOLE_LOSSES(T)                                                    \
  template Loss<T> hole_mse(const Tensor<T>&, const Tensor<T>&, const Tensor<T>&, double); \
  template Loss<T> hole_l1(const Tensor<T>&, const Tensor<T>&, const Tensor<T>&, double);  \
  template Loss<T> hole_bce_with_logits(const Tensor<T>&, const Tensor<T>&, const Tensor<T>&, double);

MEND_INSTANTIATE_HOLE_LOSSES(float)
MEND_INSTANTIATE_HOLE_LOSSES(double)
MEND_INSTANTIATE_HOLE_LOSSES(std::complex<double>)

}  // namespace mend
