#include "mend/check/passes.hpp"

#include <gtest/gtest.h>

#include "mend/check/gradient_check.hpp"
#include "mend/check/oracles.hpp"
#include "mend/layers/dense.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;
using Complex = std::complex<double>;

namespace {

// What two passes say of a parameter (or of x) whose gradient is 1 in the first and this in the second.
Cause cause_of(std::size_t tensor, double second) {
  const Tensor<double> first({2, 3}, 1.0);
  const TwoPasses passes{{first, first}, {first * second, first * second}, {false, false}};
  return passes.suspicion(tensor).cause;
}

}  // namespace

TEST(TwoPasses, TellFromTheSecondWhatBackwardDoesWithTheFirst) {
  EXPECT_EQ(cause_of(0, 3), Cause::none);
  EXPECT_EQ(cause_of(0, 1), Cause::upstream_ignored);
  EXPECT_EQ(cause_of(0, 4), Cause::not_linear) << "dx does not add up";
  EXPECT_EQ(cause_of(1, 4), Cause::none);
  EXPECT_EQ(cause_of(1, 3), Cause::overwrites);
  EXPECT_EQ(cause_of(1, 2), Cause::upstream_ignored);
  EXPECT_EQ(cause_of(1, 1), Cause::upstream_ignored) << "and it overwrites";
  EXPECT_EQ(cause_of(1, 5), Cause::adds_twice);
  EXPECT_EQ(cause_of(1, 10), Cause::not_linear);
}

TEST(TwoPasses, AccuseOfAChangedValueFirst) {
  const Tensor<double> first({2}, 1.0);
  EXPECT_EQ((TwoPasses{{first, first}, {first, first}, {false, true}}.suspicion(1).cause),
            Cause::argument_changed);
}

TEST(TwoPasses, LeaveTheLayerAsOneBackwardWould) {
  Random random(1);
  Dense<double> layer(4, 3, random), same(layer.weight(), layer.bias());
  const Tensor<double> x = random_normal({5, 4}, random), dy = random_normal({5, 3}, random);
  Frozen<double> frozen(layer);
  const TwoPasses passes = go_back_twice(frozen, x, dy);
  same.forward(x);
  EXPECT_EQ(passes.first[0], same.backward(dy));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(layer.parameters()[i]->grad, same.parameters()[i]->grad);
    EXPECT_EQ(layer.parameters()[i]->value, same.parameters()[i]->value);
    EXPECT_EQ(passes.first[i + 1], same.parameters()[i]->grad);
    EXPECT_LE(relative_error(passes.second[i + 1], passes.first[i + 1] * 4), 1e-15);
  }
}

TEST(ShareParameters, CopiesToAllScalars) {
  Random random(1);
  Dense<double> layer(4, 3, random);
  Dense<Complex> twin(4, 3, random);
  Dense<float> narrow(4, 3, random);
  share_parameters({layer, twin, &narrow});
  EXPECT_EQ(twin.weight(), cast<Complex>(layer.weight()));
  EXPECT_EQ(narrow.weight(), cast<float>(layer.weight()));
  Dense<Complex> other(4, 2, random);
  EXPECT_THROW(share_parameters({layer, other, nullptr}), Error);
}
