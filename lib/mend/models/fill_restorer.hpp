#pragma once

#include <memory>

#include "mend/baselines/gaussian_fill.hpp"
#include "mend/layers/sequential.hpp"

// A restorer that begins where the best linear one ends: it fills the hole with the conditional mean of a
// Gaussian m, and a network of dense layers says by how many standard deviations that is wrong,
//   y = m + s f([2 (m - mean) | 4 s]) in the hole, clipped to [0, 1].
// s is the deviation of the image's pixel under the Gaussian, 0 where the pixel is known: it tells the network
// where the hole is and how sure the fill is, and it keeps corrections small where there is little to correct.
namespace mend {

/// s of every pixel: sqrt(sigma^2 - ridge) in the hole, but at least 0.003, and 0 where the pixel is known.
/// The ridge is taken off because it is no variance of the images. (N, D), from the mask alone.
/// \throws ShapeError when the mask is not for images of the fill's size
Tensor<float> correction_scale(const GaussianFill& fill, const Mask& mask);

/// What the network sees: [2 (m - mean) | 4 s], both of the order of 1; (N, 2 D).
/// \param fill  who filled  \param filled  m (N, D)  \param scale  s (N, D)
/// \throws ShapeError when the three do not belong together
Tensor<float> correction_input(const GaussianFill& fill, const Tensor<float>& filled,
                               const Tensor<float>& scale);

/// f: 2 D -> width -> ... -> width (leaky ReLU, He normal) -> D, the last layer all zero, so that training begins
/// at the Gaussian fill itself. With 784 pixels, width 512 and two hidden layers 1,468,176 parameters.
/// \param pixels  D  \param width  of the hidden layers  \param hidden_layers  at least 1  \param init  the stream
/// \tparam T  float to train; double and std::complex<double> to check its gradients
/// \throws Error when a number is 0
template <class T = float>
Sequential<T> correction_network(std::size_t pixels, std::size_t width, std::size_t hidden_layers,
                                 Random& init);

/// The fill and its correction: a Restorer. Copies share the network and the fill.
class FillRestorer {
 public:
  /// \param fill  fitted to the training images  \param net  from (N, 2 D) to (N, D)
  /// \throws Error for a null pointer  \throws ShapeError when the net does not fit to the fill
  FillRestorer(std::shared_ptr<const GaussianFill> fill, std::shared_ptr<Layer<float>> net);

  /// y in the hole; the known pixels as they came. What stands in the hole does not matter.
  /// \param damaged  (N, D)  \param mask  for N images of D pixels
  /// \throws ShapeError when they do not belong together
  Tensor<float> operator()(const Tensor<float>& damaged, const Mask& mask) const;

  const GaussianFill& fill() const { return *fill_; }  ///< Where the restoration begins.
  /// f. To be trained, and all that a checkpoint has to keep: the fill is fitted again from the training images.
  Layer<float>& net() const { return *net_; }

 private:
  std::shared_ptr<const GaussianFill> fill_;
  std::shared_ptr<Layer<float>> net_;
};

}  // namespace mend
