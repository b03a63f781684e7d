#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "mend/masks/mask.hpp"

namespace mend {

/// An oracle: told what digit each damaged image shows, it fills with the mean training image of that digit.
///
/// No restorer may know the label, so this is not to be beaten but to be understood: it says what recognising the
/// digit, and nothing else about it, is worth. Whoever is better has also seen how this one was written.
class ClassMeanOracle {
 public:
  /// \param train  (N, D) with N >= 1  \param labels  of the N training images
  /// \throws ShapeError when the images are not such, or the labels not N
  ClassMeanOracle(const Tensor<float>& train, const std::vector<std::uint8_t>& labels);

  /// \param damaged  (N, D); what stands in the holes does not matter  \param mask  for N images
  /// \param labels  the truth about the N damaged images
  /// \throws ShapeError when the three do not belong together, or to the training images
  /// \throws Error for a label that no training image had
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask,
                           const std::vector<std::uint8_t>& labels) const;

 private:
  std::map<std::uint8_t, Tensor<float>> means_;  // (D) each
};

}  // namespace mend
