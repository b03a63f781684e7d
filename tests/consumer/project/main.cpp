// A program of somebody who uses the library: fits y = 2 x1 - x2 + 1 with one dense layer and prints how well.
#include <iostream>
#include <mend/layers/dense.hpp>
#include <mend/losses/mse.hpp>
#include <mend/optimizers/adam.hpp>

int main() {
  mend::Random random(1);
  mend::Dense<float> net(2, 1, random);
  mend::Adam<float> adam(net.parameters(), 0.05);

  mend::Tensor<float> x({64, 2}), target({64, 1});
  for (std::size_t n = 0; n < 64; ++n) {
    x(n, 0) = static_cast<float>(random.uniform(-1, 1));
    x(n, 1) = static_cast<float>(random.uniform(-1, 1));
    target(n, 0) = 2 * x(n, 0) - x(n, 1) + 1;
  }

  float loss = 0;
  for (int step = 0; step < 500; ++step) {
    const mend::Loss<float> wrong = mend::mse(net.forward(x), target);
    adam.zero_grad();
    net.backward(wrong.gradient);
    adam.step();
    loss = wrong.value;
  }
  std::cout << "loss " << loss << '\n';
  return loss < 1e-4f ? 0 : 1;
}
