#pragma once

#include <cstdint>
#include <vector>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// How well codes separate classes: the share of test codes that lie nearest to the mean training code of their own
/// class (the nearest-centroid classifier; Hastie, Tibshirani, Friedman 2009, section 13.2). Chance is the share of
/// the most frequent class.
/// \param train  (N, k) codes  \param train_labels  N classes
/// \param test  (M, k) codes  \param test_labels  M classes
/// \return in [0, 1]
/// \throws ShapeError when codes and labels do not belong together or there are none
double nearest_mean_accuracy(const Tensor<float>& train, const std::vector<std::uint8_t>& train_labels,
                             const Tensor<float>& test, const std::vector<std::uint8_t>& test_labels);

}  // namespace mend
