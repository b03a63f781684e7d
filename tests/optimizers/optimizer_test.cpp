#include "mend/optimizers/optimizer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/optimizers/adam.hpp"
#include "mend/optimizers/sgd.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "optimizers/paper.hpp"

using namespace mend;

namespace {

void steps(Adam<float>& adam, int first, int last) {
  for (int t = first; t < last; ++t) {
    for (Parameter<float>* p : adam.parameters())
      for (std::size_t i = 0; i < p->grad.size(); ++i)
        p->grad[i] = std::sin(static_cast<float>(i) + 2.0f * static_cast<float>(t));
    adam.step();
  }
}

}  // namespace

TEST(Optimizer, CountsOneStepForAllParameters) {
  Weights<float> w({{2}, {3}, {4}});
  Sgd<float> sgd(w.parameters());
  EXPECT_EQ(sgd.steps(), 0u);
  sgd.step();
  sgd.step();
  EXPECT_EQ(sgd.steps(), 2u);
}

TEST(Optimizer, ZeroGradForgetsAllGradients) {
  Weights<float> w({{2}, {3}});
  Sgd<float> sgd(w.parameters());
  for (Parameter<float>* p : w.parameters()) p->grad.fill(1);
  sgd.zero_grad();
  EXPECT_EQ(w.parameters()[0]->grad, Tensor<float>({2}));
  EXPECT_EQ(w.parameters()[1]->grad, Tensor<float>({3}));
}

// Whatever the size of a parameter and the number of threads: more than one range of 4096 numbers, and less.
TEST(Optimizer, StepAndZeroGradIsAStepAndThenZeroGrad) {
  const std::size_t threads_before = threads();
  for (const std::size_t count : {1u, 2u}) {
    set_threads(count);
    Weights<float> w({{3}, {100, 200}}), w_together({{3}, {100, 200}});
    Adam<float> adam(w.parameters()), together(w_together.parameters());
    for (int t = 0; t < 3; ++t) {
      for (Adam<float>* optimizer : {&adam, &together})
        for (Parameter<float>* p : optimizer->parameters())
          for (std::size_t i = 0; i < p->grad.size(); ++i)
            p->grad[i] += std::sin(static_cast<float>(i) + static_cast<float>(t));
      adam.step();
      adam.zero_grad();
      together.step_and_zero_grad();
      for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_EQ(together.parameters()[k]->value, adam.parameters()[k]->value);
        EXPECT_EQ(together.parameters()[k]->grad, Tensor<float>(adam.parameters()[k]->grad.shape()));
      }
    }
  }
  set_threads(threads_before);
}

// Also for an optimizer whose update does not go by for_each_range; and a plain step after it leaves gradients alone.
TEST(Optimizer, StepAndZeroGradHoldsForAnyUpdate) {
  class OwnWay : public Optimizer<float> {
   public:
    explicit OwnWay(std::vector<Parameter<float>*> all) : Optimizer<float>(std::move(all), 1.0) {}
    std::string describe() const override { return "OwnWay()"; }

   protected:
    void update() override {
      for (Parameter<float>* p : parameters()) p->value -= p->grad;
    }
  };
  Weights<float> w({{2}});
  OwnWay optimizer(w.parameters());
  Parameter<float>& p = *w.parameters()[0];
  p.value.fill(5);
  p.grad.fill(2);
  optimizer.step_and_zero_grad();
  EXPECT_EQ(p.value, Tensor<float>({2}, 3.0f));
  EXPECT_EQ(p.grad, Tensor<float>({2}));
  p.grad.fill(1);
  optimizer.step();
  EXPECT_EQ(p.grad, Tensor<float>({2}, 1.0f));
}

// A step changes values, never gradients.
TEST(Optimizer, LeavesGradientsAsTheyAre) {
  Weights<float> w({{2, 3}});
  Adam<float> adam(w.parameters());
  w.parameters()[0]->grad.fill(0.5f);
  adam.step();
  EXPECT_EQ(w.parameters()[0]->grad, Tensor<float>({2, 3}, 0.5f));
}

// What state() and steps() say is all there is: with them another optimizer goes on with the same bytes.
TEST(Optimizer, ContinuesFromItsStateExactly) {
  Weights<float> a({{2, 3}, {5}}), b({{2, 3}, {5}});
  Adam<float> whole(a.parameters()), first(b.parameters());
  steps(whole, 0, 10);
  steps(first, 0, 4);
  Adam<float> second(b.parameters());
  ASSERT_EQ(second.state().size(), first.state().size());
  for (std::size_t i = 0; i < first.state().size(); ++i) {
    EXPECT_EQ(second.state()[i].first, first.state()[i].first);
    *second.state()[i].second = *first.state()[i].second;
  }
  second.set_steps(first.steps());
  steps(second, 4, 10);
  for (std::size_t k = 0; k < 2; ++k) EXPECT_EQ(a.parameters()[k]->value, b.parameters()[k]->value);
}

// At the rate 0 a schedule holds the weights, but the means of the gradients go on.
TEST(Optimizer, AtRateZeroOnlyRemembers) {
  Weights<float> w({{2, 3}});
  Adam<float> adam(w.parameters());
  const Tensor<float> before = w.parameters()[0]->value;
  adam.set_learning_rate(0);
  steps(adam, 0, 3);
  EXPECT_EQ(w.parameters()[0]->value, before);
  EXPECT_NE(*adam.state()[0].second, Tensor<float>({2, 3}));
  EXPECT_EQ(adam.steps(), 3u);
}

// The rule of the step reads the rate of the moment.
TEST(Optimizer, FollowsTheRateThatWasSet) {
  Weights<double> w(1.0);
  Sgd<double> sgd(w.parameters(), 0.5);
  w.grad() = 1;
  sgd.set_learning_rate(0.25);
  EXPECT_EQ(sgd.learning_rate(), 0.25);
  sgd.step();
  EXPECT_EQ(w.value(), 0.75);
}

TEST(Optimizer, RefusesWhatMakesNoSense) {
  Weights<float> w({{2, 3}});
  const double nan = std::numeric_limits<double>::quiet_NaN(),
               infinity = std::numeric_limits<double>::infinity();
  for (const double rate : {0.0, -1.0, nan, infinity})
    EXPECT_THROW(Sgd<float>(w.parameters(), rate), Error) << rate;
  EXPECT_THROW(Sgd<float>({nullptr}), Error);
  Sgd<float> sgd(w.parameters());
  for (const double rate : {-1.0, nan, infinity}) EXPECT_THROW(sgd.set_learning_rate(rate), Error) << rate;
  w.parameters()[0]->grad = Tensor<float>({3, 2});
  try {
    sgd.step();
    FAIL() << "took a step along a gradient of another shape";
  } catch (const ShapeError& error) {
    EXPECT_STREQ(error.what(), "value and gradient of 0: (2, 3) and (3, 2) must be the same shape");
  }
  EXPECT_EQ(sgd.steps(), 0u);
}
