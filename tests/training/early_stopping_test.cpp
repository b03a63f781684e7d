#include "mend/training/early_stopping.hpp"

#include <gtest/gtest.h>

#include "mend/layers/dense.hpp"

using namespace mend;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// A "network" of one number, which the tests set to the number of the epoch.
struct EarlyStoppingTest : testing::Test {
  Dense<float> net{Tensor<float>({1, 1}), Tensor<float>({1})};

  void set(float value) { net.parameters()[0]->value.fill(value); }
  float get() const { return net.weight()(0, 0); }
  void observe(EarlyStopping& stopping, std::size_t epoch, double validation_loss) {
    set(static_cast<float>(epoch));
    stopping.observe({epoch, 0, validation_loss, 1});
  }
};

}  // namespace

TEST_F(EarlyStoppingTest, IsDueAfterAsManyEpochsWithoutABetterLossAsPatienceBears) {
  EarlyStopping stopping(net, 2);
  const std::vector<double> losses = {3, 4, 2, 2, 5};
  for (std::size_t i = 0; i < losses.size(); ++i) {
    EXPECT_FALSE(stopping.is_due()) << i;
    observe(stopping, i + 1, losses[i]);
  }
  EXPECT_TRUE(stopping.is_due());
  stopping.restore_best();
  EXPECT_EQ(get(), 3);
}

TEST_F(EarlyStoppingTest, IsNeverDueWithoutPatienceAndThenKeepsNothing) {
  EarlyStopping stopping(net, 0);
  for (std::size_t epoch = 1; epoch <= 5; ++epoch) observe(stopping, epoch, static_cast<double>(epoch));
  EXPECT_FALSE(stopping.is_due());
  stopping.restore_best();
  EXPECT_EQ(get(), 5);
}

TEST_F(EarlyStoppingTest, TakesNaNForNoBetterLoss) {
  EarlyStopping stopping(net, 2);
  observe(stopping, 1, none);
  stopping.restore_best();
  EXPECT_EQ(get(), 1);
  observe(stopping, 2, 7);
  observe(stopping, 3, none);
  EXPECT_FALSE(stopping.is_due());
  observe(stopping, 4, none);
  EXPECT_TRUE(stopping.is_due());
  stopping.restore_best();
  EXPECT_EQ(get(), 2);
}

TEST_F(EarlyStoppingTest, CountsEarlierEpochsAsIfItHadSeenThem) {
  EarlyStopping stopping(net, 3, {{1, 0, 1, 1}, {2, 0, 5, 1}});
  observe(stopping, 3, 4);
  EXPECT_FALSE(stopping.is_due());
  observe(stopping, 4, 6);
  EXPECT_TRUE(stopping.is_due());
  stopping.restore_best();  // epoch 1 was the best, but of those whose weights are known it is epoch 3
  EXPECT_EQ(get(), 3);
}

TEST_F(EarlyStoppingTest, KnowsTheWeightsItBeganWith) {
  set(2);
  EarlyStopping stopping(net, 3, {{1, 0, 9, 1}, {2, 0, 5, 1}});
  observe(stopping, 3, 6);
  stopping.restore_best();
  EXPECT_EQ(get(), 2);
}
