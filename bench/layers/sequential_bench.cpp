#include "bound.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/models/assignment.hpp"

using namespace bench;

namespace {

const std::vector<std::size_t> widths{784, 256, 256, 128, 784};

auto network() {
  mend::Random init(1);
  return std::pair(std::make_shared<mend::Sequential<float>>(mend::masked_restorer(init)),
                   std::make_shared<Products>(batch, widths));
}

// The restorer's passes for a batch, without loss and optimizer.
const bool forward = add_bounded("layers/sequential/task3/forward", forward_work(batch, widths), [] {
  auto [net, products] = network();
  return std::pair(
      [net = net, x = uniform({batch, pixels}, 0, 1)] { benchmark::DoNotOptimize(net->forward(x)); },
      [products = products] { products->forward(); });
});
const bool backward = add_bounded("layers/sequential/task3/backward", backward_work(batch, widths), [] {
  auto [net, products] = network();
  const Tensor dy = net->forward(uniform({batch, pixels}, 0, 1));
  return std::pair([net = net, dy] { net->backward_to_parameters(dy); },
                   [products = products] { products->backward(); });
});

}  // namespace
