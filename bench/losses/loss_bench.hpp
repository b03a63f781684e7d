#pragma once

#include "mend/losses/loss.hpp"
#include "support.hpp"

namespace bench {

/// A loss and its gradient on a batch of images, (128, 784): "losses/NAME".
/// \param work  for a pixel: reads y and the target, writes the gradient  \param loss  of y, the target and holes
template <class F>
bool add_loss(const std::string& name, Work work, F loss) {
  const mend::Shape shape{batch, pixels};
  return add("losses/" + name, static_cast<double>(shape.size()) * work, [loss, shape] {
    const Tensor hole = mend::map(uniform(shape), [](float v) { return v > 0.5f ? 1.0f : 0.0f; });
    return [loss, hole, y = uniform(shape, 0.01, 0.99), target = uniform(shape, 0, 1)] {
      return loss(y, target, hole).value;
    };
  });
}

}  // namespace bench
