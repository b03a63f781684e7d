#include "mend/training/non_finite.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN(),
                infinite = std::numeric_limits<float>::infinity();

Loss<float> squares(const Tensor<float>& y, const Batch& batch) { return mse(y, batch.target); }

Batch ones() { return {Tensor<float>({2, 3}, 1), Tensor<float>({2, 3}), {}}; }

// Dense, Relu, Dense with all weights 1, all biases 0.
struct Net : Sequential<float> {
  Net() {
    Random init(1);
    add<Dense>(3, 4, init).add<Relu>().add<Dense>(4, 3, init);
    for (Parameter<float>* p : parameters()) p->value.fill(p->value.rank() == 2 ? 1 : 0);
  }
};

// Lets everything through, but makes the gradient infinite on its way back.
struct Explosive : Layer<float> {
  std::string describe() const override { return "Explosive"; }
  Shape output_shape(const Shape& x) const override { return x; }
  Tensor<float> predict(const Tensor<float>& x) const override { return x; }
  Tensor<float> forward(Tensor<float> x) override { return x; }
  Tensor<float> backward(Tensor<float> dy) override {
    dy.fill(infinite);
    return dy;
  }
};

}  // namespace

TEST(NonFinite, KnowsNaNAndInfinities) {
  EXPECT_TRUE(all_finite(Tensor<float>({3}, {0, -3e38f, 1e-45f})));
  EXPECT_TRUE(all_finite(Tensor<float>({0})));
  for (const float bad : {not_a_number, infinite, -infinite})
    for (std::size_t at = 0; at < 3; ++at) {
      Tensor<float> x({3}, 1);
      x[at] = bad;
      EXPECT_FALSE(all_finite(x)) << bad << " at " << at;
    }
}

TEST(NonFinite, FindsNothingWhereAllIsWell) {
  Net net;
  EXPECT_EQ(first_non_finite(net, ones(), squares), "");
}

TEST(NonFinite, FindsTheInput) {
  Net net;
  Batch batch = ones();
  batch.input[5] = not_a_number;
  EXPECT_EQ(first_non_finite(net, std::move(batch), squares), "the input");
}

TEST(NonFinite, FindsTheFirstLayerWhoseOutputIsNot) {
  Net first, last;
  first.parameters()[1]->value[0] = not_a_number;  // the bias of layer 0
  EXPECT_EQ(first_non_finite(first, ones(), squares),
            "the output of layer 0, Dense(3, 4), whose weights are not finite, either");
  last.parameters()[0]->value.fill(1e38f);  // 3e38 is finite, four times as much is not
  EXPECT_EQ(first_non_finite(last, ones(), squares), "the output of layer 2, Dense(4, 3)");
}

TEST(NonFinite, FindsTheLossAndItsGradient) {
  Net net;
  const auto with = [](float value, float gradient) {
    return [=](const Tensor<float>& y, const Batch&) {
      return Loss<float>{value, Tensor<float>(y.shape(), gradient)};
    };
  };
  EXPECT_EQ(first_non_finite(net, ones(), with(infinite, 1)), "the loss");
  EXPECT_EQ(first_non_finite(net, ones(), with(1, not_a_number)), "the gradient of the loss");
}

// Backward begins at the end: layer 2's gradient is finite, layer 1 makes it infinite, layer 0 only receives it.
TEST(NonFinite, FindsTheFirstGradientOnTheWayBack) {
  Random init(1);
  Sequential<float> net;
  net.add<Dense>(3, 3, init).add(std::make_unique<Explosive>()).add<Dense>(3, 3, init);
  EXPECT_EQ(first_non_finite(net, ones(), squares), "the gradient of layer 1, Explosive");
}

TEST(NonFinite, FindsAGradientOfWeightsAlone) {
  Net net;
  const auto steep = [](const Tensor<float>& y, const Batch&) {
    return Loss<float>{1, Tensor<float>(y.shape(), 1e38f)};
  };
  for (Parameter<float>* p : net.parameters()) p->value = p->value * 0.1f;
  Batch batch = ones();
  batch.input =
      batch.input * 100.0f;  // the hidden units are 30, and 30 times 1e38 is too much; db is 2e38, dx 0.3e38
  EXPECT_EQ(first_non_finite(net, std::move(batch), steep), "the gradient of layer 2, Dense(4, 3)");
}

TEST(NonFinite, TakesALayerThatIsNoSequentialForOne) {
  Random init(1);
  Dense<float> net(3, 3, init);
  net.parameters()[0]->value.fill(not_a_number);
  EXPECT_EQ(first_non_finite(net, ones(), squares),
            "the output of layer 0, Dense(3, 3), whose weights are not finite, either");
}
