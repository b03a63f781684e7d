#pragma once

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/training/fit.hpp"

// What the tests of training train: a few rows of noise, a small network, no output.
namespace mend::test {

inline Tensor<float> random_rows(std::size_t count, std::size_t width, std::uint64_t seed = 1) {
  Random random(seed, "rows");
  return map(Tensor<float>({count, width}), [&](float) { return static_cast<float>(random.uniform()); });
}

inline Sequential<float> small_net(std::uint64_t seed = 1) {
  Random init(seed, "init");
  Sequential<float> net;
  net.add<Dense>(6, 16, init).add<Relu>().add<Dense>(16, 6, init).add<Sigmoid>();
  return net;
}

inline FitOptions quiet(std::size_t epochs, std::size_t batch_size = 4) {
  FitOptions options;
  options.epochs = epochs;
  options.batch_size = batch_size;
  options.quiet = true;
  return options;
}

// Restores the number of threads when a test is over.
struct ThreadsGuard {
  std::size_t before = threads();
  ~ThreadsGuard() { set_threads(before); }
};

}  // namespace mend::test
