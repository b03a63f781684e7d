#pragma once

#include "mend/masks/mask.hpp"
#include "mend/tensor/tensor.hpp"

namespace mend {

/// The linear-Gaussian fill: what a hole most probably holds if images were normally distributed.
///
/// The training images have a mean \f$\mu\f$ and a covariance; with a ridge on its diagonal it is C, and
/// \f$ P = C^{-1} \f$. Given the known pixels k, those of the hole h are then normal (Anderson 1958, theorem
/// 2.5.1) with
/// \f[ E[x_h \mid x_k] = \mu_h + C_{hk} C_{kk}^{-1} (x_k - \mu_k) = \mu_h - P_{hh}^{-1} P_{hk} (x_k - \mu_k),
///     \qquad \mathrm{Cov}[x_h \mid x_k] = P_{hh}^{-1}. \f]
/// The second form is computed: P once, and for each hole a factorisation of the hole's own size. No other
/// fill that is linear in the known pixels has a smaller expected squared error, whatever the distribution,
/// as long as mean and covariance are right. Computed in double; images that miss the same pixels share one
/// factorisation.
class GaussianFill {
 public:
  /// Learns mean and covariance (squares over N, not N - 1).
  /// \param train  (N, D) with N >= 2  \param ridge  above 0, in squared units of a pixel: added to the
  ///   variance of every pixel, so that one that never changed can be divided by
  /// \throws Error unless ridge is finite and above 0 and not lost in rounding, or when a pixel is not finite
  /// \throws ShapeError when train is no such matrix
  explicit GaussianFill(const Tensor<float>& train, double ridge = 0.01);

  /// The conditional mean in the hole, clipped to [0, 1]; the known pixels as they came.
  /// \param damaged  (N, D); what stands in the hole does not matter  \param mask  for N images of D pixels
  /// \throws ShapeError when they do not belong together
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

  /// The conditional standard deviation of every missing pixel, sqrt(diag P_hh^-1), without regard to the
  /// clipping; 0 where the pixel is known. It depends on the mask alone. The ridge counts as noise: it is at
  /// least sqrt(ridge). \param mask  for images of D pixels \throws ShapeError for others
  Tensor<float> sigma(const Mask& mask) const;

  double ridge() const { return ridge_; }  ///< As given.
  /// What the two calls say, from one factorisation of each hole.
  struct Conditional {
    Tensor<float> filled;  ///< (N, D): operator().
    Tensor<float> sigma;   ///< (N, D): sigma().
  };
  /// Fill and deviations of the same images. \throws ShapeError as operator()
  Conditional conditional(const Tensor<float>& damaged, const Mask& mask) const;

  const Tensor<double>& mean() const { return mean_; }            ///< \f$\mu\f$ (D).
  const Tensor<double>& precision() const { return precision_; }  ///< P (D, D).

 private:
  Tensor<double> residual(const Tensor<float>& damaged, const Mask& mask) const;

  double ridge_;
  Tensor<double> mean_, precision_;
};

}  // namespace mend
