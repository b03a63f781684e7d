#include "mend/metrics/unit_health.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/layers/dense.hpp"
#include "mend/layers/leaky_relu.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/layers/tanh.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// A network whose bend sees the columns of x themselves.
template <template <class> class Bend>
UnitHealth health_of(const Tensor<float>& x, double flat = 0.01) {
  Sequential<float> net;
  net.add<Bend>();
  const std::vector<UnitHealth> all = unit_health(net, x, flat);
  EXPECT_EQ(all.size(), 1u);
  return all.at(0);
}

}  // namespace

// Columns: always below zero, zero in one row and below in the other, above zero in one row, in both.
TEST(UnitHealth, CountsReluUnitsThatAreZeroForEveryRow) {
  const UnitHealth health = health_of<Relu>(Tensor<float>({2, 4}, {-1, 0, -1, 1, -2, -3, 1e-30f, 2}));
  EXPECT_EQ(health.layer, 0u);
  EXPECT_EQ(health.name, "Relu");
  EXPECT_EQ(health.units, 4u);
  EXPECT_EQ(health.dead, 2u);
  EXPECT_EQ(health.saturated, 0u);
}

// The slope of a sigmoid at x is 1 / (2 + 2 cosh x): a hundredth of that at zero, 1/4, where cosh x = 199, at 5.986.
TEST(UnitHealth, CountsSigmoidUnitsThatAreFlatForEveryRow) {
  const float at = std::acosh(199.0f);
  const Tensor<float> x({2, 5}, {at * 1.01f, -at * 1.01f, at * 0.99f, -9, 9,  //
                                 9, -9, 9, -at * 0.99f, -9});
  const UnitHealth health = health_of<Sigmoid>(x);
  EXPECT_EQ(health.saturated, 3u) << "the first, the second, and the last, which is flat on either side";
  EXPECT_EQ(health.dead, 0u);
  EXPECT_EQ(health.units, 5u);
}

// That of tanh is 1 / cosh^2 x: a hundredth where cosh x = 10; a quarter where it is 2.
TEST(UnitHealth, CountsTanhUnitsThatAreFlatForEveryRow) {
  const float at = std::acosh(10.0f), near = std::acosh(2.0f);
  const Tensor<float> x({1, 4}, {at * 1.01f, -at * 1.01f, at * 0.99f, near * 1.01f});
  EXPECT_EQ(health_of<Tanh>(x).saturated, 2u);
  EXPECT_EQ(health_of<Tanh>(x, 0.25).saturated, 4u);
}

// Weights by hand: x (1) makes three units 1, -1 and x; the last is dead only while x is never above zero.
TEST(UnitHealth, GoesThroughTheNetwork) {
  Random init(1);
  Sequential<float> net;
  net.add<Dense>(1, 3, init).add<Relu>().add<Dense>(3, 2, init).add<Tanh>().add<LeakyRelu>(0.1);
  const auto parameters = net.parameters();
  parameters[0]->value = Tensor<float>({1, 3}, {0, 0, 1});
  parameters[1]->value = Tensor<float>({3}, {1, -1, 0});
  parameters[2]->value = Tensor<float>({3, 2}, {0, 9, 0, 0, 0.1f, 0});  // tanh of x / 10, and of 9
  parameters[3]->value = Tensor<float>({2});
  const auto seen = unit_health(net, Tensor<float>({3, 1}, {-1, 0, 1}));
  ASSERT_EQ(seen.size(), 2u) << "a LeakyRelu always learns";
  EXPECT_EQ(seen[0].layer, 1u);
  EXPECT_EQ(seen[0].dead, 1u);
  EXPECT_EQ(seen[1].layer, 3u);
  EXPECT_EQ(seen[1].units, 2u);
  EXPECT_EQ(seen[1].saturated, 1u);
  EXPECT_EQ(describe(seen),
            "1 of 3 units of layer 1, Relu, are dead; 1 of 2 units of layer 3, Tanh, are saturated");
  const auto less = unit_health(net, Tensor<float>({2, 1}, {-1, 0}));
  EXPECT_EQ(less[0].dead, 2u);
}

TEST(UnitHealth, IsSilentOnHealthyUnits) {
  const UnitHealth health = health_of<Relu>(Tensor<float>({1, 2}, {1, 2}));
  EXPECT_EQ(health.dead, 0u);
  EXPECT_EQ(describe({health}), "");
  EXPECT_EQ(describe(std::vector<UnitHealth>{}), "");
}

// A unit that is not a number is neither: it is ill in another way, and fit says so.
TEST(UnitHealth, TakesNaNForNeither) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(health_of<Sigmoid>(Tensor<float>({1, 1}, {nan})).saturated, 0u);
}

TEST(UnitHealth, RefusesNothingToLookAt) {
  Sequential<float> net;
  net.add<Relu>();
  EXPECT_EQ(message_of<Error>([&] {
              unit_health(net, Tensor<float>({0, 3}));
            }),
            "unit_health: expected rows to look at, found a tensor of shape (0, 3)");
  EXPECT_EQ(message_of<Error>([&] {
              unit_health(net, Tensor<float>({1, 3}), 1.0);
            }),
            "unit_health: expected flat between 0 and 1, found 1.000000");
}
