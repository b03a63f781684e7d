// # Binary cross-entropy
//
// A pixel that is white with probability \f$ t \f$, and of which the network says that it is white with
// probability \f$ p \f$, costs on average
// \f[ \ell(p, t) = -t \log p - (1 - t) \log(1 - p) \f]
// nats. A grey value is read as such a probability: a *soft* target. \f$ L \f$ is the mean over all pixels.
//
// **Backward.**
// \f[ \frac{\partial \ell}{\partial p} = -\frac{t}{p} + \frac{1 - t}{1 - p}
//     = \frac{-t (1 - p) + (1 - t) p}{p (1 - p)} = \frac{p - t}{p (1 - p)}. \f]
// At \f$ p = 0 \f$ and \f$ p = 1 \f$ the logarithm ends, and a sigmoid in float does reach 1. So \f$ p \f$ is
// the output \f$ y \f$ clipped to \f$ [10^{-7}, 1 - 10^{-7}] \f$. Where it was clipped the loss is flat and
// its gradient is 0.

#include "mend/losses/bce.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

// Probabilities that are neither 0 nor 1, some close to it.
Tensor<double> random_probabilities(const Shape& shape, Random& random) {
  return sigmoid(random_normal(shape, random) * 2);
}

}  // namespace

// ## The proof
//
// At soft targets.

TEST(Bce, GradientIsExact) {
  Random random(3);
  const CheckReport report =
      check_loss([](const auto& y, const auto& t) { return bce(y, t); },
                 random_probabilities({3, 37}, random), random_probabilities({3, 37}, random));
  EXPECT_TRUE(report.passed()) << report;
}

// ## By hand
//
// A white pixel called white with \f$ p = 1/2 \f$ costs \f$ \log 2 \f$ and pulls with \f$ -1 / p = -2 \f$; a
// black one called white with \f$ p = 3/4 \f$ costs \f$ \log 4 \f$ and pulls with \f$ 1 / (1 - p) = 4 \f$.
// Their mean is \f$ \tfrac32 \log 2 \f$.

TEST(Bce, ByHand) {
  const Loss<double> loss = bce(Tensor<double>({2}, {0.5, 0.75}), Tensor<double>({2}, {1, 0}));
  EXPECT_NEAR(loss.value, 1.5 * std::log(2.0), 1e-15);
  EXPECT_DOUBLE_EQ(loss.gradient[0], -1);
  EXPECT_DOUBLE_EQ(loss.gradient[1], 2);
}

// ## Theorem: entropy is the floor
//
// Gibbs' inequality says \f$ \ell(p, t) \ge \ell(t, t) \f$: no output costs less than the entropy of the
// targets, and \f$ y = t \f$ reaches it, with gradient zero. On grey pixels the loss can therefore never be
// 0; only what is above the floor says how good a network is.

TEST(Bce, IsNeverUnderTheEntropyOfTheTargets) {
  Random random(7);
  const Tensor<double> target = random_probabilities({1, 50}, random);
  double entropy = 0;
  for (const double t : target) entropy -= (t * std::log(t) + (1 - t) * std::log1p(-t)) / 50;
  const Loss<double> floor = bce(target, target);
  EXPECT_NEAR(floor.value, entropy, 1e-14);
  EXPECT_EQ(floor.gradient, Tensor<double>({1, 50}));
  for (int trial = 0; trial < 20; ++trial)
    EXPECT_GT(bce(random_probabilities({1, 50}, random), target).value, entropy);
}

// ## The clip
//
// Surely wrong costs \f$ -\log 10^{-7} = 16.1 \f$ nats and no more, and has no gradient: such a pixel is
// stuck. bce_with_logits knows no such plateau.

TEST(Bce, IsFlatWhereTheOutputIsClipped) {
  const Loss<double> loss = bce(Tensor<double>({2}, {0, 1}), Tensor<double>({2}, {1, 0}));
  EXPECT_NEAR(loss.value, -std::log(1e-7), 1e-8);
  EXPECT_EQ(loss.gradient, Tensor<double>({2}));
  const Loss<float> narrow = bce(Tensor<float>({2}, {0, 1}), Tensor<float>({2}, {1, 0}));
  EXPECT_TRUE(std::isfinite(narrow.value));
  EXPECT_NEAR(narrow.value, -std::log(1e-7), 0.2);  // 1 - 1e-7 itself is rounded in float
}

// ## A second opinion
//
// PyTorch's `binary_cross_entropy` of the clipped y agrees on the value and on every element of the gradient;
// two of the outputs are clipped.

TEST(Bce, AgreesWithPyTorch) {
  Golden golden("losses", "bce");
  golden.expect(bce(golden["y"], golden["target"]));
}

// ## In float
//
// As in double.

TEST(Bce, FloatAgreesWithDouble) {
  Random random(4);
  const Tensor<double> y = random_probabilities({16, 784}, random),
                       target = random_probabilities({16, 784}, random);
  const double exact = bce(y, target).value;
  EXPECT_NEAR(bce(cast<float>(y), cast<float>(target)).value, exact, 1e-6 * exact);
}

// ## Errors
//
// Something that is no probability is refused, and the message says what to do. A NaN goes through, into the
// value, where training looks for it.

TEST(Bce, RefusesWhatIsNoProbability) {
  const Tensor<double> half({2}, 0.5), over({2}, {0.5, 1.5}), under({2}, {-0.5, 0.5});
  EXPECT_THROW(bce(over, half), Error);
  EXPECT_THROW(bce(under, half), Error);
  EXPECT_THROW(bce(half, over), Error);
  EXPECT_THROW(bce(half, under), Error);
  try {
    bce(over, half);
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "bce: y[1] is 1.500000 but must lie in [0, 1]; "
                 "end the network with a sigmoid, or take bce_with_logits");
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(bce(Tensor<double>({2}, {0.5, nan}), half).value));
}

TEST(Bce, RefusesWrongShapes) {
  EXPECT_THROW(bce(Tensor<double>({2, 3}), Tensor<double>({3, 2})), ShapeError);
  EXPECT_THROW(bce(Tensor<double>({0, 3}), Tensor<double>({0, 3})), ShapeError);
}
