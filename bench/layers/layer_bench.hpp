#pragma once

#include <memory>

#include "mend/layers/layer.hpp"
#include "support.hpp"

namespace bench {

/// A layer without a matrix on a batch of (128, 256): "layers/NAME/forward" and "/backward". Where y has the shape of x
/// it becomes the next x, and likewise dy: a network hands its tensors on, too, and copies none.
/// \param forward  \param backward  the work for an element of x  \param make  returns the layer
template <class Make>
bool add_layer(const std::string& name, Work forward, Work backward, Make make) {
  using Layer = std::unique_ptr<mend::Layer<float>>;
  static const mend::Shape shape{batch, 256};
  const double n = static_cast<double>(shape.size());
  add("layers/" + name + "/forward", n * forward, [make] {
    return [layer = Layer(make()), x = uniform(shape)]() mutable {
      Tensor y = layer->forward(layer->output_shape(shape) == shape ? std::move(x) : x);
      const float used = y[0];
      if (y.shape() == shape) x = std::move(y);
      return used;
    };
  });
  return add("layers/" + name + "/backward", n * backward, [make] {
    Layer layer(make());
    Tensor dy = layer->forward(uniform(shape));
    return [layer = std::move(layer), dy]() mutable {
      Tensor dx = layer->backward(dy.shape() == shape ? std::move(dy) : dy);
      const float used = dx[0];
      if (dy.size() == 0) dy = std::move(dx);
      return used;
    };
  });
}

/// The same for a layer without arguments.
template <template <class> class L>
bool add_layer(const std::string& name, Work forward, Work backward) {
  return add_layer(name, forward, backward, [] { return std::make_unique<L<float>>(); });
}

}  // namespace bench
