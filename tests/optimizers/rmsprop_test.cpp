#include "mend/optimizers/rmsprop.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optimizers/paper.hpp"

using namespace mend;

TEST(RmsProp, FollowsTheLecture) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) {
    return RmsProp<T>(std::move(p), 0.01, 0.95, 1e-3);
  };
  const auto rule = [] {
    return [v = 0.0](double w, double g, int, double rate) mutable {
      v = 0.95 * v + 0.05 * g * g;
      return w - rate * g / (std::sqrt(v) + 1e-3);
    };
  };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's RMSprop takes the same ten steps: epsilon stands beside the root, not under it, in both.
TEST(RmsProp, AgreesWithPyTorch) {
  expect_path_of_pytorch("rmsprop", [](auto p) { return RmsProp<double>(std::move(p), 0.01, 0.95, 1e-3); });
}

// v begins at 0, so the first step is eta / sqrt(1 - rho), whatever the gradient: with rho = 3/4, 2 eta.
TEST(RmsProp, FirstStepByHand) {
  for (const double g : {-1e4, 0.5, 30.0}) {
    Weights<double> w(1.0);
    RmsProp<double> rmsprop(w.parameters(), 0.25, 0.75, 1e-12);
    w.grad() = g;
    rmsprop.step();
    EXPECT_NEAR(w.value(), g > 0 ? 0.5 : 1.5, 1e-11);
  }
}

// Under a constant gradient v = (1 - rho^t) g^2, so the steps shorten to eta.
TEST(RmsProp, StepsShortenToTheLearningRate) {
  const double rate = 0.01, rho = 0.9;
  Weights<double> w(0.0);
  RmsProp<double> rmsprop(w.parameters(), rate, rho, 1e-12);
  w.grad() = 5;
  for (int t = 1; t <= 300; ++t) {
    const double before = w.value();
    rmsprop.step();
    ASSERT_NEAR(before - w.value(), rate / std::sqrt(1 - std::pow(rho, t)), 1e-12);
  }
}

// Far from the bottom of a w^2 / 2 it goes at an even pace; at the bottom it hovers within a few steps.
TEST(RmsProp, FindsTheBottomOfAQuadratic) {
  for (const double a : {0.01, 1.0, 100.0}) {
    Weights<double> w(1.0);
    RmsProp<double> rmsprop(w.parameters(), 0.01);
    for (int t = 0; t < 500; ++t) {
      w.grad() = a * w.value();
      rmsprop.step();
    }
    EXPECT_LT(std::abs(w.value()), 0.02) << a;
  }
}

TEST(RmsProp, DescribesItself) {
  Weights<float> w({{2}, {3, 2}});
  RmsProp<float> rmsprop(w.parameters());
  EXPECT_EQ(rmsprop.describe(), "RmsProp(decay=0.9, epsilon=1e-07)");
  ASSERT_EQ(rmsprop.state().size(), 2u);
  EXPECT_EQ(rmsprop.state()[0].first, "v.0");
}

TEST(RmsProp, RefusesWhatMakesNoSense) {
  Weights<float> w(1.0f);
  EXPECT_THROW(RmsProp<float>(w.parameters(), 0), Error);
  EXPECT_THROW(RmsProp<float>(w.parameters(), 0.1, 1), Error);
  EXPECT_THROW(RmsProp<float>(w.parameters(), 0.1, -0.1), Error);
  EXPECT_THROW(RmsProp<float>(w.parameters(), 0.1, 0.9, 0), Error);
  EXPECT_THROW(RmsProp<float>(w.parameters(), 0.1, std::nan("")), Error);
}
