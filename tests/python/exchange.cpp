// exchange write FOLDER: writes what Python is to read.   exchange read FOLDER: reads what Python wrote.
//
// The tests of tests/python run it before and after their scripts; tests/python/CMakeLists.txt says in which order.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "mend/files/npy.hpp"
#include "mend/files/npz.hpp"
#include "mend/files/onnx.hpp"
#include "mend/files/torch_weights.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/skip_concat.hpp"
#include "mend/layers/softplus.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/models/assignment.hpp"
#include "mend/training/checkpoint.hpp"

using namespace mend;
namespace fs = std::filesystem;

namespace {

constexpr int skipped = 77;
constexpr float tolerance = 1e-6f;

// i / 3 - 5, which no float holds exactly, and bytes that wrap around; the scripts work out the same.
template <class T>
Tensor<T> thirds(const Shape& shape) {
  Tensor<T> x(shape);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(static_cast<double>(i) / 3 - 5);
  return x;
}
Tensor<std::uint8_t> bytes(const Shape& shape) {
  Tensor<std::uint8_t> x(shape);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<std::uint8_t>(i * 7);
  return x;
}

// Biases too: at zero, much stays hidden.
void randomize_biases(Layer<float>& net, Random& random) {
  for (Parameter<float>* p : net.parameters())
    if (p->value.rank() == 1)
      for (float& b : p->value) b = static_cast<float>(random.normal() / 10);
}

std::unique_ptr<Sequential<float>> branch(Random& random, std::size_t out) {
  auto layers = std::make_unique<Sequential<float>>();
  layers->add<Dense>(6, 5, random).add<LeakyRelu>(0.2).add<Dense>(5, out, random);
  return layers;
}

Sequential<float> every_layer(Random& random) {
  Sequential<float> net;
  net.add<Dense>(4, 6, random).add<Relu>().add<Residual>(branch(random, 6)).add<Tanh>();
  net.add<SkipConcat>(branch(random, 3)).add<Dropout>(0.5, Random(1, "dropout")).add<Softplus>();
  auto nested = std::make_unique<Sequential<float>>();
  nested->add<Dense>(9, 6, random).add<Residual>(branch(random, 6)).add(branch(random, 2));
  net.add(std::move(nested)).add<Sigmoid>();
  return net;
}

void write(const fs::path& folder) {
  fs::create_directories(folder);
  const std::map<std::string, StoredTensor> arrays = {
      {"f4", thirds<float>({2, 3, 4})}, {"f8", thirds<double>({5, 1, 2, 3})},
      {"u1", bytes({100, 100})},        {"scalar", thirds<double>(Shape(nullptr, 0))},
      {"empty", Tensor<float>({0, 7})}, {"1.bias \xc3\xa4", thirds<float>({9})}};
  for (const auto& [name, array] : arrays) save_npy(folder / (name + ".npy"), array);
  save_npz(folder / "stored.npz", arrays);
  save_npz(folder / "deflated.npz", arrays, NpzCompression::deflated);

  Random random(1, "exchange");
  std::map<std::string, StoredTensor> runs;
  const auto run = [&](const std::string& name, Layer<float>& net, std::size_t width, bool checkpoint) {
    randomize_biases(net, random);
    Tensor<float> x({20, width});
    for (float& pixel : x) pixel = static_cast<float>(random.uniform());
    runs[name + ".y"] = net.predict(x);
    runs[name + ".x"] = std::move(x);
    if (checkpoint) save_checkpoint(folder / (name + ".safetensors"), {net});
    save_onnx(folder / (name + ".onnx"), net, {1, width});
  };
  auto embedding = embedding_autoencoder<float>(random), restorer = masked_restorer<float>(random);
  run("embedding", embedding, 784, true);
  run("restorer", restorer, 784, true);
  auto every = every_layer(random);
  run("every_layer", every, 4, false);
  save_npz(folder / "runs.npz", runs);
}

// The largest difference between what the network with PyTorch's weights answers and what PyTorch answered.
bool agrees(const fs::path& folder, const std::string& reference, const std::string& name,
            Layer<float>& net) {
  load_torch_weights(folder / (reference + "_" + name + ".safetensors"), net);
  const auto run = load_npz(folder / (reference + "_runs.npz"));
  const auto& golden = std::get<Tensor<float>>(run.at(name + ".y"));
  const Tensor<float> y = net.predict(std::get<Tensor<float>>(run.at(name + ".x")));
  if (y.shape() != golden.shape())
    throw Error(name + ": y is " + to_string(y.shape()) + " here and " + to_string(golden.shape()) +
                " there");
  float largest = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const float difference = std::abs(y[i] - golden[i]);
    if (!(difference <= largest)) largest = difference;  // NaN, too
  }
  std::printf("%s, %s: the answers differ by at most %.2g\n", reference.c_str(), name.c_str(),
              static_cast<double>(largest));
  return largest <= tolerance;
}

int read(const fs::path& folder) {
  Random random(2, "exchange");
  auto embedding = embedding_autoencoder<float>(random), restorer = masked_restorer<float>(random);
  int status = skipped;
  for (const std::string reference : {"torch", "numpy"}) {
    if (!fs::exists(folder / (reference + "_runs.npz"))) continue;
    const bool first = agrees(folder, reference, "embedding", embedding);
    const bool second = agrees(folder, reference, "restorer", restorer);
    if (status != 1) status = first && second ? 0 : 1;
  }
  if (status == skipped) std::puts("skipped: no script wrote weights to read");
  return status;
}

}  // namespace

int main(int count, char** arguments) try {
  const std::string verb = count == 3 ? arguments[1] : "";
  if (verb == "read") return read(arguments[2]);
  if (verb != "write") {
    std::fputs("usage: exchange write|read FOLDER\n", stderr);
    return 2;
  }
  write(arguments[2]);
} catch (const std::exception& error) {
  std::fprintf(stderr, "exchange: %s\n", error.what());
  return 1;
}
