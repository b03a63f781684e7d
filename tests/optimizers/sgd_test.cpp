#include "mend/optimizers/sgd.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optimizers/paper.hpp"

using namespace mend;

TEST(Sgd, FollowsThePaper) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) { return Sgd<T>(std::move(p), 0.1); };
  const auto rule = [] { return [](double w, double g, int, double rate) { return w - rate * g; }; };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's SGD takes the same ten steps.
TEST(Sgd, AgreesWithPyTorch) {
  expect_path_of_pytorch("sgd", [](auto p) { return Sgd<double>(std::move(p), 0.1); });
}

TEST(Sgd, StepByHand) {
  Weights<double> w(3.0);
  Sgd<double> sgd(w.parameters(), 0.5);
  w.grad() = 4;
  sgd.step();
  EXPECT_EQ(w.value(), 1);
}

// On a w^2 / 2 an error shrinks by 1 - eta a in each step, and grows when eta > 2 / a.
TEST(Sgd, ConvergesOnAQuadraticAtTheKnownRate) {
  const double a = 3;
  for (const double rate : {0.1, 0.5, 0.7}) {
    Weights<double> w(2.0);
    Sgd<double> sgd(w.parameters(), rate);
    for (int t = 0; t < 20; ++t) {
      w.grad() = a * w.value();
      sgd.step();
    }
    EXPECT_NEAR(w.value() / (2 * std::pow(1 - rate * a, 20)), 1, 1e-12);
    EXPECT_EQ(std::abs(w.value()) < 2, rate < 2 / a);
  }
}

TEST(Sgd, DescribesItselfAndRemembersNothing) {
  Weights<float> w(1.0f);
  Sgd<float> sgd(w.parameters());
  EXPECT_EQ(sgd.describe(), "Sgd");
  EXPECT_EQ(sgd.learning_rate(), 1e-2);
  EXPECT_TRUE(sgd.state().empty());
}

TEST(Sgd, RefusesARateThatIsNoStep) {
  Weights<float> w(1.0f);
  EXPECT_THROW(Sgd<float>(w.parameters(), 0), Error);
  EXPECT_THROW(Sgd<float>(w.parameters(), -1), Error);
}
