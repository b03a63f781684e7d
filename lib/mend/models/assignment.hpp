#pragma once

#include <cstddef>
#include <vector>

#include "mend/layers/sequential.hpp"

namespace mend {

/// The assignment's Task 2: 784 -> 2 sigmoid -> 784 linear, Glorot uniform; 3,922 parameters.
/// \tparam T  float to train; double and std::complex<double> to check its gradients
template <class T = float>
Sequential<T> embedding_autoencoder(Random& init);

/// The assignment's Task 3: 784 -> 256 -> 256 -> 128 (ReLU) -> 784 sigmoid, Glorot uniform; 400,784 parameters.
/// \tparam T  float to train; double and std::complex<double> to check its gradients
/// \param init  of the weights  \param hidden  widths of the hidden layers; others than its own are for comparison
template <class T = float>
Sequential<T> masked_restorer(Random& init, const std::vector<std::size_t>& hidden = {256, 256, 128});

}  // namespace mend
