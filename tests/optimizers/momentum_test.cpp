#include "mend/optimizers/momentum.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mend/optimizers/sgd.hpp"
#include "optimizers/paper.hpp"

using namespace mend;

TEST(Momentum, FollowsThePaper) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) {
    return Momentum<T>(std::move(p), 0.05, 0.8);
  };
  const auto rule = [] {
    return [v = 0.0](double w, double g, int, double rate) mutable {
      v = 0.8 * v + g;
      return w - rate * v;
    };
  };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's SGD with momentum takes the same ten steps: its velocity does not contain the learning rate
// either.
TEST(Momentum, AgreesWithPyTorch) {
  expect_path_of_pytorch("momentum", [](auto p) { return Momentum<double>(std::move(p), 0.05, 0.8); });
}

// With mu = 1/2 and the gradient 4 the velocity is 4, then 6, then 7, on its way to 4 / (1 - mu) = 8.
TEST(Momentum, StepsByHand) {
  Weights<double> w(20.0);
  Momentum<double> momentum(w.parameters(), 1, 0.5);
  w.grad() = 4;
  for (const double expected : {16, 10, 3}) {
    momentum.step();
    EXPECT_EQ(w.value(), expected);
  }
}

TEST(Momentum, OfZeroIsSgd) {
  Weights<double> a(1.0), b(1.0);
  Momentum<double> momentum(a.parameters(), 0.3, 0);
  Sgd<double> sgd(b.parameters(), 0.3);
  for (int t = 0; t < 5; ++t) {
    a.grad() = b.grad() = std::sin(t);
    momentum.step();
    sgd.step();
    EXPECT_EQ(a.value(), b.value());
  }
}

// On a w^2 / 2 the heavy ball obeys w(t+1) = (1 + mu - eta a) w(t) - mu w(t-1). The two roots of that
// recurrence have the product mu, so w(t+1) w(t-1) - w(t)^2 shrinks by exactly mu in each step.
TEST(Momentum, ConvergesOnAQuadraticAtTheKnownRate) {
  const double a = 3, mu = 0.8;
  Weights<double> w(2.0);
  Momentum<double> momentum(w.parameters(), 0.1, mu);
  std::vector<double> path{w.value()};
  for (int t = 0; t < 12; ++t) {
    w.grad() = a * w.value();
    momentum.step();
    path.push_back(w.value());
  }
  const auto casoratian = [&](std::size_t t) { return path[t + 1] * path[t - 1] - path[t] * path[t]; };
  for (std::size_t t = 1; t + 2 < path.size(); ++t) EXPECT_NEAR(casoratian(t + 1) / casoratian(t), mu, 1e-10);
}

// Curvatures 1 and 100: the best rate of Sgd shrinks errors by 99/101 a step, the best momentum by 9/11
// (Polyak 1964).
TEST(Momentum, CrossesARavineFasterThanSgd) {
  const auto error_after_100_steps = [](auto make) {
    Weights<double> flat(1.0), steep(1.0);
    auto optimizer = make(std::vector<Parameter<double>*>{flat.parameters()[0], steep.parameters()[0]});
    for (int t = 0; t < 100; ++t) {
      flat.grad() = flat.value();
      steep.grad() = 100 * steep.value();
      optimizer.step();
    }
    return std::hypot(flat.value(), steep.value());
  };
  const double sgd = error_after_100_steps([](auto p) { return Sgd<double>(p, 2.0 / 101); });
  const double ball =
      error_after_100_steps([](auto p) { return Momentum<double>(p, 4.0 / 121, 81.0 / 121); });
  EXPECT_NEAR(sgd, std::sqrt(2.0) * std::pow(99.0 / 101, 100), 1e-12);
  EXPECT_LT(ball, 200 * std::pow(9.0 / 11, 100));  // a double root: t times the rate to the power of t
}

TEST(Momentum, DescribesItself) {
  Weights<float> w({{2}, {3, 2}});
  Momentum<float> momentum(w.parameters());
  EXPECT_EQ(momentum.describe(), "Momentum(momentum=0.9)");
  ASSERT_EQ(momentum.state().size(), 2u);
  EXPECT_EQ(momentum.state()[1].first, "v.1");
  EXPECT_EQ(momentum.state()[1].second->shape(), (Shape{3, 2}));
}

TEST(Momentum, RefusesWhatMakesNoSense) {
  Weights<float> w(1.0f);
  EXPECT_THROW(Momentum<float>(w.parameters(), 0), Error);
  EXPECT_THROW(Momentum<float>(w.parameters(), 0.1, 1), Error);
  EXPECT_THROW(Momentum<float>(w.parameters(), 0.1, -0.1), Error);
  EXPECT_THROW(Momentum<float>(w.parameters(), 0.1, std::nan("")), Error);
}
