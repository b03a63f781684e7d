#include "mend/optimizers/adamw.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optimizers/paper.hpp"

using namespace mend;

// Algorithm 2 of Loshchilov and Hutter 2019, with the learning rate as the schedule: the decay is of the
// weight before the step and is not divided by anything.
TEST(AdamW, FollowsThePaper) {
  const auto make = []<class T>(std::vector<Parameter<T>*> p) {
    return AdamW<T>(std::move(p), 0.01, 0.3, 0.8, 0.98, 1e-3);
  };
  const auto rule = [] {
    return [m = 0.0, v = 0.0](double w, double g, int t, double rate) mutable {
      m = 0.8 * m + (1 - 0.8) * g;
      v = 0.98 * v + (1 - 0.98) * g * g;
      const double m_hat = m / (1 - std::pow(0.8, t));
      const double v_hat = v / (1 - std::pow(0.98, t));
      return w - rate * (m_hat / (std::sqrt(v_hat) + 1e-3) + 0.3 * w);
    };
  };
  expect_follows_paper<double>(make, rule, 1e-14);
  expect_follows_paper<float>(make, rule, 1e-6);
}

// PyTorch's AdamW takes the same ten steps.
TEST(AdamW, AgreesWithPyTorch) {
  expect_path_of_pytorch("adamw",
                         [](auto p) { return AdamW<double>(std::move(p), 0.01, 0.3, 0.8, 0.98, 1e-3); });
}

TEST(AdamW, WithoutDecayIsAdam) {
  Weights<float> a({{3, 7}}), b({{3, 7}});
  AdamW<float> adamw(a.parameters(), 0.01, 0);
  Adam<float> adam(b.parameters(), 0.01);
  for (int t = 0; t < 10; ++t) {
    for (std::size_t i = 0; i < 21; ++i)
      a.parameters()[0]->grad[i] = b.parameters()[0]->grad[i] = std::sin(static_cast<float>(t + 2 * i));
    adamw.step();
    adam.step();
    ASSERT_EQ(a.parameters()[0]->value, b.parameters()[0]->value) << t;
  }
}

// Where the loss says nothing a weight shrinks by 1 - eta lambda in each step.
TEST(AdamW, DecaysWithoutAGradientAtTheKnownRate) {
  Weights<double> w(2.0);
  AdamW<double> adamw(w.parameters(), 0.1, 0.5);
  for (int t = 0; t < 20; ++t) adamw.step();
  EXPECT_NEAR(w.value(), 2 * std::pow(1 - 0.1 * 0.5, 20), 1e-14);
}

// Decoupled: the decay is the same beside a large gradient. Through lambda w + g it would vanish.
TEST(AdamW, DecaysAlikeWhateverTheGradient) {
  for (const double g : {1e-3, 1.0, 1e3}) {
    Weights<double> with(2.0), without(2.0), coupled(2.0);
    AdamW<double> adamw(with.parameters(), 0.1, 0.5, 0.9, 0.999, 1e-15);
    Adam<double> adam(without.parameters(), 0.1, 0.9, 0.999, 1e-15),
        penalty(coupled.parameters(), 0.1, 0.9, 0.999, 1e-15);
    with.grad() = without.grad() = g;
    coupled.grad() = g + 0.5 * 2;
    adamw.step();
    adam.step();
    penalty.step();
    EXPECT_NEAR(without.value() - with.value(), 0.1 * 0.5 * 2, 1e-12) << g;
    EXPECT_NEAR(without.value() - coupled.value(), 0, 1e-12) << g;
  }
}

TEST(AdamW, DescribesItself) {
  Weights<float> w(1.0f);
  AdamW<float> adamw(w.parameters());
  EXPECT_EQ(adamw.describe(), "AdamW(weight_decay=0.01, beta1=0.9, beta2=0.999, epsilon=1e-07)");
  ASSERT_EQ(adamw.state().size(), 2u);
  EXPECT_EQ(adamw.state()[0].first, "m.w");
  EXPECT_EQ(adamw.state()[1].first, "v.w");
}

TEST(AdamW, RefusesWhatMakesNoSense) {
  Weights<float> w(1.0f);
  EXPECT_THROW(AdamW<float>(w.parameters(), 0), Error);
  EXPECT_THROW(AdamW<float>(w.parameters(), 0.1, -0.1), Error);
  EXPECT_THROW(AdamW<float>(w.parameters(), 0.1, std::nan("")), Error);
  EXPECT_THROW(AdamW<float>(w.parameters(), 0.1, 0.1, 1), Error);
}
