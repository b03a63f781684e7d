#include "mend/files/onnx.hpp"

#include "files/fresh_folder.hpp"
#include "golden/python.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/skip_concat.hpp"
#include "mend/layers/softplus.hpp"
#include "mend/layers/tanh.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

Tensor<float> quarters(const Shape& shape) {  // 0, 1/4, 2/4, ...
  Tensor<float> x(shape);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) / 4;
  return x;
}

std::unique_ptr<Sequential<float>> dense_and_leaky() {
  auto branch = std::make_unique<Sequential<float>>();
  branch->add<Dense>(quarters({2, 2}), quarters({2})).add<LeakyRelu>(0.125);
  return branch;
}

// Every layer of the library: that of make_python_golden.py's onnx_model.
Sequential<float> every_layer() {
  Sequential<float> net;
  net.add<Dense>(quarters({3, 2}), quarters({2})).add<Relu>();
  net.add<Residual>(dense_and_leaky()).add<SkipConcat>(std::make_unique<Tanh<float>>());
  net.add<Dropout>(0.5, Random(1, "dropout")).add<Softplus>();
  net.add<Dense>(quarters({4, 200}), quarters({200})).add<Sigmoid>();
  return net;
}

// Not of the library, and computing something else than what it derives from.
class Doubled : public Relu<float> {
 public:
  std::string describe() const override { return "Doubled"; }
  Tensor<float> predict(const Tensor<float>& x) const override { return Relu<float>::predict(x) * 2.0f; }
};

std::string model_of(const Layer<float>& net, const Shape& input) {
  const auto path = fresh_folder() / "net.onnx";
  save_onnx(path, net, input);
  return read_file(path);
}

}  // namespace

// The fixture was written by ONNX's own library, and passed its checker; numbers are equal when bytes are.
TEST(Onnx, WritesTheBytesOfOnnxItself) {
  const std::string golden = read_file(test::python_golden / "layers.onnx"),
                    found = model_of(every_layer(), {1, 3});
  ASSERT_EQ(found.size(), golden.size());
  EXPECT_TRUE(found == golden) << "first difference at byte "
                               << std::mismatch(found.begin(), found.end(), golden.begin()).first -
                                      found.begin();
}

TEST(Onnx, LeavesTheNumberOfRowsOpen) {
  EXPECT_EQ(model_of(every_layer(), {7, 3}), model_of(every_layer(), {1, 3}));
}

// The operators of a model, in order: each stands behind its tag, 4, and its length.
TEST(Onnx, TakesALayerThatIsNoSequentialAndAnEmptyOne) {
  const auto has = [](const std::string& model, const std::string& type) {
    return model.find("\"" + std::string(1, static_cast<char>(type.size())) + type) != std::string::npos;
  };
  EXPECT_TRUE(has(model_of(Tanh<float>(), {1, 2, 3, 4}), "Tanh"));
  EXPECT_TRUE(has(model_of(Sequential<float>(), {1, 2}), "Identity"));
  const std::string residual = model_of(Residual<float>(dense_and_leaky()), {1, 2});
  EXPECT_TRUE(has(residual, "Add"));
  EXPECT_TRUE(has(residual, "Gemm"));
  EXPECT_NE(residual.find("branch.0.weight"), std::string::npos);
  EXPECT_FALSE(has(residual, "Tanh"));
}

TEST(Onnx, NamesWeightsAsParametersAreNamed) {
  auto outer = std::make_unique<Sequential<float>>();
  outer->add(dense_and_leaky());
  outer->add<SkipConcat>(dense_and_leaky());
  Sequential<float> net;
  net.add<Residual>(std::make_unique<Dense<float>>(quarters({2, 2}), quarters({2}))).add(std::move(outer));
  const std::string model = model_of(net, {1, 2});
  ASSERT_EQ(net.parameters().size(), 6u);
  for (const Parameter<float>* p : net.parameters())  // an input of a node, and a tensor's name
    for (const char tag : {'\x0a', 'B'})
      EXPECT_NE(model.find(tag + std::string(1, static_cast<char>(p->name.size())) + p->name),
                std::string::npos)
          << p->name << " " << tag;
}

TEST(Onnx, RefusesALayerItDoesNotKnow) {
  const auto folder = fresh_folder();
  Sequential<float> net;
  net.add<Relu>().add<Residual>(std::make_unique<Doubled>());
  EXPECT_EQ(error_of([&] {
              save_onnx(folder / "net.onnx", net, {1, 2});
            }),
            "save_onnx: layer 1.branch, Doubled, is none of this library's; expected Dense, Relu, LeakyRelu, "
            "Sigmoid, "
            "Tanh, Softplus, Dropout, Residual, SkipConcat or Sequential: write a function for it in "
            "lib/mend/files/onnx.cpp");
  EXPECT_EQ(error_of([&] {
              save_onnx(folder / "net.onnx", Doubled(), {1, 2});
            }).substr(0, 31),
            "save_onnx: layer Doubled, is no");
  EXPECT_EQ(entries_in(folder), 0);
}

TEST(Onnx, RefusesAnInputThatDoesNotFit) {
  const auto path = fresh_folder() / "net.onnx";
  EXPECT_THROW(save_onnx(path, every_layer(), {1, 4}), ShapeError);
  EXPECT_THROW(save_onnx(path, every_layer(), {3}), ShapeError);
  EXPECT_NE(error_of([&] {
              save_onnx(path / "none", every_layer(), {1, 3});
            }).find("cannot write"),
            std::string::npos);
}
