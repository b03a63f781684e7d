#include "mend/models/fill_restorer.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <string>

#include "mend/layers/dense.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

Tensor<double> zeros(std::size_t fan_in, std::size_t fan_out, Random&) {
  return Tensor<double>({fan_in, fan_out});
}

// s of every pixel from the Gaussian's sigma.
Tensor<float> scale_of(const GaussianFill& fill, Tensor<float> sigma) {
  constexpr double least_variance = 1e-5;
  for (float& s : sigma)
    if (s != 0)
      s = static_cast<float>(std::sqrt(std::max(static_cast<double>(s) * s - fill.ridge(), least_variance)));
  return sigma;
}

}  // namespace

Tensor<float> correction_scale(const GaussianFill& fill, const Mask& mask) {
  return scale_of(fill, fill.sigma(mask));
}

Tensor<float> correction_input(const GaussianFill& fill, const Tensor<float>& filled,
                               const Tensor<float>& scale) {
  require_same_shape("correction_input: filled and scale", filled, scale);
  const Tensor<float> centred = add_rows(filled, cast<float>(fill.mean()) * -1) * 2;
  return concat_columns(centred, scale * 4);
}

template <class T>
Sequential<T> correction_network(std::size_t pixels, std::size_t width, std::size_t hidden_layers,
                                 Random& init) {
  if (pixels == 0 || width == 0 || hidden_layers == 0)
    throw Error("correction_network: expected pixels, a width and hidden layers, at least 1 each, found " +
                std::to_string(pixels) + ", " + std::to_string(width) + " and " +
                std::to_string(hidden_layers));
  Sequential<T> net;
  for (std::size_t i = 0; i < hidden_layers; ++i) {
    net.template add<Dense>(i == 0 ? 2 * pixels : width, width, init, he_normal);
    net.template add<LeakyRelu>();
  }
  net.template add<Dense>(width, pixels, init, zeros);
  return net;
}

FillRestorer::FillRestorer(std::shared_ptr<const GaussianFill> fill, std::shared_ptr<Layer<float>> net)
    : fill_(std::move(fill)), net_(std::move(net)) {
  if (!fill_ || !net_) throw Error("FillRestorer: expected a fill and a net, found a null pointer");
  const std::size_t pixels = fill_->mean().size();
  const Shape wanted = {1, pixels}, found = net_->output_shape({1, 2 * pixels});
  if (found != wanted)
    throw ShapeError("FillRestorer: the net returns " + to_string(found) + " for an image but " +
                     to_string(wanted) + " was expected");
}

Tensor<float> FillRestorer::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  auto [restored, sigma] = fill_->conditional(damaged, mask);
  const Tensor<float> scale = scale_of(*fill_, std::move(sigma));
  const Tensor<float> f = net_->predict(correction_input(*fill_, restored, scale));
  for (std::size_t i = 0; i < restored.size(); ++i)
    if (scale[i] != 0) restored[i] = std::clamp(restored[i] + scale[i] * f[i], 0.0f, 1.0f);
  return restored;
}

#define MEND_INSTANTIATE_CORRECTION_NETWORK(T) \
  template Sequential<T> correction_network<T>(std::size_t, std::size_t, std::size_t, Random&);

MEND_INSTANTIATE_CORRECTION_NETWORK(float)
MEND_INSTANTIATE_CORRECTION_NETWORK(double)
MEND_INSTANTIATE_CORRECTION_NETWORK(std::complex<double>)

}  // namespace mend
