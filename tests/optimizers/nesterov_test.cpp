#include "mend/optimizers/nesterov.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mend/optimizers/momentum.hpp"
#include "optimizers/paper.hpp"

using namespace mend;

TEST(Nesterov, FollowsTheRule) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) {
    return Nesterov<T>(std::move(p), 0.05, 0.8);
  };
  const auto rule = [] {
    return [v = 0.0](double w, double g, int, double rate) mutable {
      v = 0.8 * v + g;
      return w - rate * (g + 0.8 * v);
    };
  };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's SGD with nesterov=True takes the same ten steps: it keeps the point ahead, too.
TEST(Nesterov, AgreesWithPyTorch) {
  expect_path_of_pytorch("nesterov", [](auto p) { return Nesterov<double>(std::move(p), 0.05, 0.8); });
}

// Sutskever et al. 2013 write it with a position and a gradient taken one velocity ahead of it:
//   u <- mu u - eta g(theta + mu u),   theta <- theta + u.
// Our weights are that point ahead, theta + mu u; so is the gradient of the training loop.
TEST(Nesterov, IsThePapersRuleSeenFromThePointAhead) {
  const auto gradient = [](double w) { return 3 * w + std::sin(w); };
  const double mu = 0.8, rate = 0.1;
  Weights<double> w(2.0);
  Nesterov<double> nesterov(w.parameters(), rate, mu);
  double theta = 2, u = 0;
  for (int t = 0; t < 20; ++t) {
    w.grad() = gradient(w.value());
    nesterov.step();
    u = mu * u - rate * gradient(theta + mu * u);
    theta += u;
    EXPECT_NEAR(w.value(), theta + mu * u, 1e-13);
  }
}

// With mu = 1/2 and the gradient 4 the velocity is 4, 6, 7; the steps are 4 + v / 2, longer than Momentum's
// by the velocity they foresee.
TEST(Nesterov, StepsByHand) {
  Weights<double> w(30.0);
  Nesterov<double> nesterov(w.parameters(), 1, 0.5);
  w.grad() = 4;
  for (const double expected : {24.0, 17.0, 9.5}) {
    nesterov.step();
    EXPECT_EQ(w.value(), expected);
  }
}

// On a w^2 / 2 the recurrence is w(t+1) = (1 - eta a) ((1 + mu) w(t) - mu w(t-1)): the product of its roots
// is mu (1 - eta a), where Momentum's is mu. What swings dies out sooner the steeper the valley.
TEST(Nesterov, DampsMoreThanMomentum) {
  const double a = 3, mu = 0.8, rate = 0.1;
  const auto shrinks_by = [&](auto make) {
    Weights<double> w(2.0);
    auto optimizer = make(w.parameters());
    std::vector<double> path{w.value()};
    for (int t = 0; t < 6; ++t) {
      w.grad() = a * w.value();
      optimizer.step();
      path.push_back(w.value());
    }
    const auto casoratian = [&](std::size_t t) { return path[t + 1] * path[t - 1] - path[t] * path[t]; };
    return casoratian(5) / casoratian(4);
  };
  EXPECT_NEAR(shrinks_by([&](auto p) { return Nesterov<double>(p, rate, mu); }), mu * (1 - rate * a), 1e-10);
  EXPECT_NEAR(shrinks_by([&](auto p) { return Momentum<double>(p, rate, mu); }), mu, 1e-10);
}

TEST(Nesterov, DescribesItself) {
  Weights<float> w({{2}, {3, 2}});
  Nesterov<float> nesterov(w.parameters());
  EXPECT_EQ(nesterov.describe(), "Nesterov(momentum=0.9)");
  ASSERT_EQ(nesterov.state().size(), 2u);
  EXPECT_EQ(nesterov.state()[0].first, "v.0");
}

TEST(Nesterov, RefusesWhatMakesNoSense) {
  Weights<float> w(1.0f);
  EXPECT_THROW(Nesterov<float>(w.parameters(), -1), Error);
  EXPECT_THROW(Nesterov<float>(w.parameters(), 0.1, 1), Error);
  EXPECT_THROW(Nesterov<float>(w.parameters(), 0.1, -0.1), Error);
}
