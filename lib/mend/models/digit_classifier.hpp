#pragma once

#include "mend/layers/sequential.hpp"

namespace mend {

/// Tells two classes of images apart: 784 -> 128 (ReLU) -> 1 logit, Glorot uniform; 100,609 parameters.
///
/// The logit is positive for the second class; its sigmoid is the probability of that class when trained with
/// bce_with_logits. It judges restorations by whether they can still be read.
/// \tparam T  float to train; double and std::complex<double> to check its gradients
template <class T = float>
Sequential<T> digit_classifier(Random& init);

}  // namespace mend
