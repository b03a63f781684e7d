#include "bound.hpp"
#include "mend/layers/dense.hpp"

using namespace bench;

namespace {

// A layer of the assignment's networks beside its own products. The copy of dy is what a layer above would hand over.
bool add_dense(std::size_t in, std::size_t out) {
  const std::string name = "layers/dense/" + std::to_string(in) + "x" + std::to_string(out);
  const double n = batch, k = static_cast<double>(in), d = static_cast<double>(out);
  const auto make = [in, out] {
    mend::Random random(1);
    return std::pair(std::make_shared<mend::Dense<float>>(in, out, random),
                     std::make_shared<Products>(batch, std::vector{in, out}));
  };
  add_bounded(name + "/forward", product(n, k, d) + each(n * d, 1, 0), [in, make] {
    auto [layer, products] = make();
    return std::pair(
        [layer = layer, x = uniform({batch, in})] { benchmark::DoNotOptimize(layer->predict(x)); },
        [products = products] { products->forward(); });
  });
  return add_bounded(name + "/backward", 2 * product(n, k, d) + each(n * d, 1, 0), [in, make] {
    auto [layer, products] = make();
    const Tensor dy = layer->forward(uniform({batch, in}));
    return std::pair([layer = layer, dy] { benchmark::DoNotOptimize(layer->backward(dy)); },
                     [products = products] { products->backward(true); });
  });
}

const bool all[] = {add_dense(784, 256), add_dense(256, 256), add_dense(256, 128),
                    add_dense(128, 784), add_dense(784, 2),   add_dense(2, 784)};

}  // namespace
