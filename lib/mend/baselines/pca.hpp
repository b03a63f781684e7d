#pragma once

#include <cstddef>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// Principal components: the k directions along which the data varies most (Pearson 1901; Hotelling 1933).
///
/// Projecting onto them loses less, in mean squared error, than any other affine map through k numbers
/// (Eckart and Young 1936): no autoencoder with k code units and a linear decoder can beat it on the data it
/// was fitted to. What it loses, squared and summed over the D features, is the sum of the variances left
/// out.
///
/// A component is a direction without a sense: here its entry of largest magnitude is positive. Computed in
/// double.
class Pca {
 public:
  /// Fits the mean and the k leading eigenvectors of the covariance.
  /// \param x  (N, D) with N >= 2  \param k  1 to D
  /// \throws Error when k is out of range  \throws ShapeError when x is no such matrix
  Pca(const Tensor<float>& x, std::size_t k);

  /// The codes of x: (N, D) to (N, k). \throws ShapeError when x has not D columns
  Tensor<float> encode(const Tensor<float>& x) const;
  /// Back from the codes: (N, k) to (N, D). \throws ShapeError when they have not k columns
  Tensor<float> decode(const Tensor<float>& code) const;
  const Tensor<float>& mean() const { return mean_; }  ///< (D): the mean of the data.
  /// (k, D): orthonormal rows, the direction of largest variance first.
  const Tensor<float>& components() const { return components_; }
  /// (k): the variance of the data along each component (its squares over N, not N - 1), falling.
  const Tensor<double>& variances() const { return variances_; }

 private:
  Tensor<float> mean_, components_;
  Tensor<double> variances_;
};

}  // namespace mend
