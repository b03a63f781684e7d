#pragma once

#include <memory>

#include "mend/models/assignment.hpp"
#include "mend/optimizers/optimizer.hpp"
#include "support.hpp"

namespace bench {

inline constexpr double parameters = 400'784;  ///< Of the assignment's restorer.

/// The restorer with gradients as a backward pass might leave them.
inline std::shared_ptr<mend::Sequential<float>> network_with_gradients() {
  mend::Random init(1);
  auto net = std::make_shared<mend::Sequential<float>>(mend::masked_restorer(init));
  for (mend::Parameter<float>* p : net->parameters()) p->grad = uniform(p->value.shape(), -1e-3, 1e-3);
  return net;
}

/// A step of an optimizer over all parameters of the restorer: "optimizers/NAME".
/// \param work  for a parameter
template <template <class> class O>
bool add_optimizer(const std::string& name, Work work) {
  return add("optimizers/" + name, parameters * work, [] {
    auto net = network_with_gradients();
    return [net, optimizer = std::make_shared<O<float>>(net->parameters())] { optimizer->step(); };
  });
}

}  // namespace bench
