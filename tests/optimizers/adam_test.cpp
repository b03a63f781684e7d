#include "mend/optimizers/adam.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optimizers/paper.hpp"

using namespace mend;

// Algorithm 1 of Kingma and Ba 2015, line by line.
TEST(Adam, FollowsThePaper) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) {
    return Adam<T>(std::move(p), 0.01, 0.8, 0.98, 1e-3);
  };
  const auto rule = [] {
    return [m = 0.0, v = 0.0](double w, double g, int t, double rate) mutable {
      m = 0.8 * m + (1 - 0.8) * g;
      v = 0.98 * v + (1 - 0.98) * g * g;
      const double m_hat = m / (1 - std::pow(0.8, t));
      const double v_hat = v / (1 - std::pow(0.98, t));
      return w - rate * m_hat / (std::sqrt(v_hat) + 1e-3);
    };
  };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's Adam takes the same ten steps.
TEST(Adam, AgreesWithPyTorch) {
  expect_path_of_pytorch("adam", [](auto p) { return Adam<double>(std::move(p), 0.01, 0.8, 0.98, 1e-3); });
}

// The first step is as long as the learning rate, whatever the gradient: m_hat = g and v_hat = g^2.
TEST(Adam, FirstStepHasTheLengthOfTheLearningRate) {
  for (const double g : {-1e4, 0.5, 30.0}) {
    Weights<double> w(1.0);
    Adam<double> adam(w.parameters(), 0.25, 0.9, 0.999, 1e-12);
    w.grad() = g;
    adam.step();
    EXPECT_NEAR(w.value(), g > 0 ? 0.75 : 1.25, 1e-11);
  }
}

// So is every other one under a constant gradient: both means are unbiased in every step. Float, too:
// 1 - beta2 must not be taken in float, where it is wrong by 1e-5.
template <class T>
void expect_even_pace(double tolerance) {
  const double rate = 0.5, g = 3, epsilon = 1;
  Weights<T> w(T(0));
  Adam<T> adam(w.parameters(), rate, 0.9, 0.999, epsilon);
  w.grad() = static_cast<T>(g);
  for (int t = 1; t <= 100; ++t) {
    w.value() = 0;
    adam.step();
    ASSERT_NEAR(static_cast<double>(w.value()), -rate * g / (g + epsilon), tolerance) << t;
  }
}

TEST(Adam, StepsEvenlyUnderAConstantGradient) {
  expect_even_pace<double>(1e-14);
  expect_even_pace<float>(4e-7);
}

// The longest step there is (section 2.1): one gradient after a long silence moves
// eta (1 - beta1) / sqrt(1 - beta2), 3.16 times the learning rate for the usual betas.
TEST(Adam, LongestStepIsThatOfTheSparsestGradient) {
  Weights<double> w(0.0);
  Adam<double> adam(w.parameters(), 0.01);
  for (int t = 0; t < 100000; ++t) adam.step();
  EXPECT_EQ(w.value(), 0);
  w.grad() = 1e3;
  adam.step();
  EXPECT_NEAR(w.value(), -0.01 * (1 - 0.9) / std::sqrt(1 - 0.999), 1e-8);
}

// Scaling the loss changes nothing, but for epsilon.
TEST(Adam, DoesNotSeeTheScaleOfTheLoss) {
  Weights<double> small(1.0), large(1.0);
  Adam<double> one(small.parameters(), 0.01, 0.9, 0.999, 1e-15),
      other(large.parameters(), 0.01, 0.9, 0.999, 1e-15);
  for (int t = 0; t < 50; ++t) {
    small.grad() = std::sin(t + 1);
    large.grad() = 1e4 * std::sin(t + 1);
    one.step();
    other.step();
    ASSERT_NEAR(small.value(), large.value(), 1e-13);
  }
}

TEST(Adam, FindsTheBottomOfAQuadratic) {
  for (const double a : {0.01, 1.0, 100.0}) {
    Weights<double> w(1.0);
    Adam<double> adam(w.parameters(), 0.02);
    for (int t = 0; t < 1000; ++t) {
      w.grad() = a * w.value();
      adam.step();
    }
    EXPECT_LT(std::abs(w.value()), 1e-3) << a;
  }
}

TEST(Adam, DescribesItself) {
  Weights<float> w({{2}, {3, 2}});
  Adam<float> adam(w.parameters());
  EXPECT_EQ(adam.describe(), "Adam(beta1=0.9, beta2=0.999, epsilon=1e-07)");
  EXPECT_EQ(adam.learning_rate(), 1e-3);
  std::vector<std::string> names;
  for (const auto& [name, tensor] : adam.state()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"m.0", "m.1", "v.0", "v.1"}));
}

TEST(Adam, RefusesWhatMakesNoSense) {
  Weights<float> w(1.0f);
  EXPECT_THROW(Adam<float>(w.parameters(), 0), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, 1), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, -0.1), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, 0.9, 1), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, 0.9, -0.1), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, 0.9, 0.999, 0), Error);
  EXPECT_THROW(Adam<float>(w.parameters(), 0.1, std::nan("")), Error);
}
