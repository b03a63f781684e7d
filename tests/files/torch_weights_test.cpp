#include "mend/files/torch_weights.hpp"

#include <cmath>

#include "files/fresh_folder.hpp"
#include "golden/python.hpp"
#include "mend/files/npz.hpp"
#include "mend/files/safetensors.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace mend;

namespace {

Sequential<float> small_net() {
  Random random(1, "init");
  Sequential<float> net;
  net.add<Dense>(3, 2, random).add<Relu>().add<Dense>(2, 2, random);
  return net;
}

// Its state_dict, numbers 0, 1, 2, ... in each tensor.
Safetensors small_state() {
  Safetensors state;
  for (const auto& [name, shape] : std::vector<std::pair<std::string, Shape>>{
           {"0.weight", {2, 3}}, {"0.bias", {2}}, {"2.weight", {2, 2}}, {"2.bias", {2}}}) {
    Tensor<float> x(shape);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i);
    state.tensors.emplace(name, x);
  }
  return state;
}

// What loading the state says; the network must be as it was.
std::string error_for(const Safetensors& state) {
  const auto path = fresh_folder() / "weights.safetensors";
  save_safetensors(path, state);
  auto net = small_net(), before = small_net();
  const std::string error = error_of([&] { load_torch_weights(path, net); });
  for (std::size_t i = 0; i < net.parameters().size(); ++i)
    EXPECT_EQ(net.parameters()[i]->value, before.parameters()[i]->value);
  return error;
}

}  // namespace

// PyTorch wrote weights, and what its network answers to x: ours must answer the same.
TEST(TorchWeights, ComputeWhatPyTorchComputes) {
  Random random(1, "init");
  Sequential<float> net;
  net.add<Dense>(5, 4, random).add<Relu>().add<Dense>(4, 3, random).add<Sigmoid>();
  load_torch_weights(test::python_golden / "torch_weights.safetensors", net);
  const auto run = load_npz(test::python_golden / "torch_run.npz");
  const auto& golden = std::get<Tensor<float>>(run.at("y"));
  const Tensor<float> y = net.predict(std::get<Tensor<float>>(run.at("x")));
  ASSERT_EQ(y.shape(), golden.shape());
  ASSERT_EQ(y.shape(), (Shape{6, 3}));
  for (std::size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(y[i], golden[i], 1e-6) << i;
}

TEST(TorchWeights, AreTransposed) {
  const auto path = fresh_folder() / "weights.safetensors";
  save_safetensors(path, small_state());
  auto net = small_net();
  load_torch_weights(path, net);
  EXPECT_EQ(net.parameters()[0]->value, Tensor<float>({3, 2}, {0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(net.parameters()[1]->value, Tensor<float>({2}, {0, 1}));
  EXPECT_EQ(net.parameters()[2]->value, Tensor<float>({2, 2}, {0, 2, 1, 3}));
}

TEST(TorchWeights, ReachIntoBranches) {
  const auto path = fresh_folder() / "weights.safetensors";
  save_safetensors(path, {{{"0.branch.weight", Tensor<float>({2, 2}, {1, 2, 3, 4})},
                           {"0.branch.bias", Tensor<float>({2}, {5, 6})}},
                          {}});
  Sequential<float> net;
  net.add<Residual>(std::make_unique<Dense<float>>(Tensor<float>({2, 2}), Tensor<float>({2})));
  load_torch_weights(path, net);
  EXPECT_EQ(net.parameters()[0]->value, Tensor<float>({2, 2}, {1, 3, 2, 4}));
}

TEST(TorchWeights, NameWhatDoesNotFit) {
  const auto ends_with = [](const std::string& error, const std::string& end) {
    EXPECT_TRUE(
        error.ends_with("weights.safetensors: " + end + ". Build the network whose state_dict was saved"))
        << error;
  };
  Safetensors state = small_state();
  state.tensors.erase("0.bias");
  ends_with(error_for(state), "0.bias (2) is missing");
  state = small_state();
  state.tensors["4.weight"] = Tensor<float>({2});
  ends_with(error_for(state), "\"4.weight\" is no parameter of the network");
  state = small_state();
  state.tensors["0.weight"] = Tensor<float>({3, 2});
  ends_with(
      error_for(state),
      "0.weight is expected as (2, 3), found as (3, 2), which is not transposed as torch.nn.Linear has it");
  state.tensors["0.weight"] = Tensor<float>({6});
  state.tensors["2.bias"] = Tensor<double>({2});
  ends_with(error_for(state),
            "0.weight is expected as (2, 3), found as (6); 2.bias is not of float32: save it after .float()");
  ends_with(error_for({}),
            "0.weight (2, 3) is missing; 0.bias (2) is missing; 2.weight (2, 2) is missing; 2.bias (2) is "
            "missing");
  for (const char* name : {"a", "b", "c"}) state.tensors[name] = Tensor<float>({1});
  state.tensors["d"] = Tensor<float>({1});
  EXPECT_NE(error_for(state).find("\"c\" is no parameter of the network; and 1 more"), std::string::npos);
  EXPECT_NE(error_of([] {
              auto net = small_net();
              load_torch_weights(fresh_folder() / "none", net);
            }).find("No such file"),
            std::string::npos);
}
