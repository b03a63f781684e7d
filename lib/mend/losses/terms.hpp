#pragma once

#include <utility>

#include "mend/losses/elementwise.hpp"
#include "mend/tensor/functions.hpp"

// Internal to the losses: what one element contributes, as the pair (loss, its derivative with respect to
// y_i). Here stand the terms that a plain mean and a mean over holes have in common.
namespace mend {

/// (y - t)^2 and 2 (y - t).
inline constexpr auto squared_error = []<class T>(const T& y, const T& t) {
  const T difference = y - t;
  return std::pair(difference * difference, difference + difference);
};

/// |y - t| and the sign of y - t, 0 at the kink. The sign is the real part's: |.| itself is not analytic.
inline constexpr auto absolute_error = []<class T>(const T& y, const T& t) {
  const T difference = y - t;
  const T sign = static_cast<T>((real_part(difference) > 0) - (real_part(difference) < 0));
  return std::pair(sign * difference, sign);
};

/// log(1 + e^z) - t z and sigmoid(z) - t, for the logit z of a pixel with target t.
///
/// A logit z for the label 1 is a logit -z for the label 0, so each question is turned until its logit
/// n = -|z| is not positive: no exponential overflows, and no digits cancel where the answer is right.
template <class T>
class LogisticTerms {
 public:
  /// \throws ShapeError when the shapes differ or are empty  \throws Error for a target outside [0, 1]
  LogisticTerms(const char* name, const Tensor<T>& z, const Tensor<T>& target) : z_(z), target_(target) {
    require_elements(name, z, target);
    require_unit_interval(std::string(name) + ": target", target, "scale the targets");
    const Tensor<T> n = map(z, [](const T& v) { return real_part(v) < 0 ? v : -v; });
    softplus_ = softplus(n);
    sigmoid_ = sigmoid(n);
  }
  /// The term of one element.
  std::pair<T, T> operator()(std::size_t i) const {
    const bool turned = !(real_part(z_[i]) < 0);
    const T n = turned ? -z_[i] : z_[i], t = turned ? T(1) - target_[i] : target_[i];
    const T slope = sigmoid_[i] - t;
    return {softplus_[i] - t * n, turned ? -slope : slope};
  }

 private:
  const Tensor<T>&z_, &target_;
  Tensor<T> softplus_, sigmoid_;
};

}  // namespace mend
