#include "cli/lost_units.hpp"

#include <gtest/gtest.h>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace mend;

namespace {

// Two units with these biases and no weights, then a sigmoid of the same.
std::string line_for(float first, float second) {
  Random init(1);
  Sequential<float> net;
  net.add<Dense>(1, 2, init).add<Relu>().add<Dense>(2, 2, init).add<Sigmoid>();
  const auto parameters = net.parameters();
  for (Parameter<float>* p : parameters) p->value.fill(0);
  parameters[1]->value = Tensor<float>({2}, {first, second});
  parameters[3]->value = Tensor<float>({2}, {-20, 20});  // both flat, as black and white pixels are
  return cli::lost_units(net, Tensor<float>({3, 1}));
}

}  // namespace

TEST(LostUnits, AreCountedBeforeTheLastLayer) {
  EXPECT_EQ(line_for(-1, 1), "no longer learning: 1 of 2 units of layer 1, Relu, are dead\n");
  EXPECT_EQ(line_for(-1, 0), "no longer learning: 2 of 2 units of layer 1, Relu, are dead\n");
}

TEST(LostUnits, AreNotSpokenOfWhenThereAreNone) { EXPECT_EQ(line_for(1, 2), ""); }
