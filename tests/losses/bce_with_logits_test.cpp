// # Binary cross-entropy of logits
//
// A sigmoid followed by a binary cross-entropy first squeezes \f$ z \f$ into \f$ (0, 1) \f$ and then takes
// the logarithm of the result. Done in one piece, nothing has to be squeezed. With
// \f$ p = \sigma(z) = 1 / (1 + e^{-z}) \f$ we have \f$ -\log p = \log(1 + e^{-z}) = \log(1 + e^z) - z \f$ and
// \f$ -\log(1 - p) = \log(1 + e^z) \f$, so
// \f[ \ell(z, t) = -t \log p - (1 - t) \log(1 - p) = \log(1 + e^z) - t z. \f]
//
// **Backward.** The derivative of \f$ \log(1 + e^z) \f$ is \f$ e^z / (1 + e^z) = \sigma(z) \f$, hence
// \f[ \frac{\partial \ell}{\partial z} = \sigma(z) - t. \f]
// The factor \f$ p (1 - p) \f$ of the sigmoid's slope has cancelled the denominator of the cross-entropy's.
//
// **Stability.** \f$ e^z \f$ overflows for \f$ z = 100 \f$ in float, and \f$ \log(1 + e^z) - z \f$ loses all
// digits before that. But calling a pixel white with logit \f$ z \f$ is calling it black with logit
// \f$ -z \f$: \f$ \ell(z, t) = \ell(-z, 1 - t) \f$. So we turn each question until its logit is at most 0.

#include "mend/losses/bce_with_logits.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/losses/bce.hpp"
#include "mend/tensor/functions.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

Tensor<double> random_targets(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.uniform(); });
}

}  // namespace

// ## The proof
//
// At soft targets and logits of both signs; \f$ z = 0 \f$, where the question turns, is one of them.

TEST(BceWithLogits, GradientIsExact) {
  Random random(3);
  Tensor<double> z = random_normal({3, 37}, random) * 3;
  z[7] = 0;
  const CheckReport report = check_loss([](const auto& v, const auto& t) { return bce_with_logits(v, t); }, z,
                                        random_targets({3, 37}, random));
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 0u);
}

// ## By hand
//
// \f$ z = 0 \f$ is \f$ p = 1/2 \f$: it costs \f$ \log 2 \f$ and pulls with \f$ 1/2 - t \f$.
// \f$ z = \log 3 \f$ is \f$ p = 3/4 \f$: for a black pixel it costs \f$ \log 4 \f$ and pulls with
// \f$ 3/4 \f$.

TEST(BceWithLogits, ByHand) {
  const Loss<double> loss =
      bce_with_logits(Tensor<double>({2}, {0, std::log(3.0)}), Tensor<double>({2}, {1, 0}));
  EXPECT_NEAR(loss.value, 1.5 * std::log(2.0), 1e-15);
  EXPECT_NEAR(loss.gradient[0], -0.25, 1e-15);
  EXPECT_NEAR(loss.gradient[1], 0.375, 1e-15);
}

// ## Theorem: it is bce after a sigmoid
//
// In value and, by the chain rule, in gradient: \f$ dz = dy\, p (1 - p) \f$.

TEST(BceWithLogits, EqualsBceOfTheSigmoid) {
  Random random(5);
  const Tensor<double> z = random_normal({6, 11}, random) * 2, target = random_targets({6, 11}, random);
  const Tensor<double> p = sigmoid(z);
  const Loss<double> whole = bce_with_logits(z, target), parts = bce(p, target);
  EXPECT_NEAR(whole.value, parts.value, 1e-14);
  for (std::size_t i = 0; i < z.size(); ++i)
    EXPECT_NEAR(whole.gradient[i], parts.gradient[i] * p[i] * (1 - p[i]), 1e-15);
}

// ## Theorem: entropy is the floor
//
// As for bce; it is reached at the logit of the target, \f$ \log(t / (1 - t)) \f$.

TEST(BceWithLogits, IsNeverUnderTheEntropyOfTheTargets) {
  Random random(7);
  const Tensor<double> target = random_targets({1, 50}, random);
  const Tensor<double> best = map(target, [](double t) { return std::log(t / (1 - t)); });
  double entropy = 0;
  for (const double t : target) entropy -= (t * std::log(t) + (1 - t) * std::log1p(-t)) / 50;
  EXPECT_NEAR(bce_with_logits(best, target).value, entropy, 1e-14);
  for (int trial = 0; trial < 20; ++trial)
    EXPECT_GT(bce_with_logits(random_normal({1, 50}, random), target).value, entropy);
}

// ## Large logits
//
// Surely wrong costs \f$ |z| \f$ and pulls with full force, however large \f$ z \f$ is; surely right costs
// nothing. And almost surely right keeps its digits: at \f$ z = 20,\ t = 1 \f$ the loss is
// \f$ \log(1 + e^{-20}) \f$, far below the spacing of float numbers near 20.

TEST(BceWithLogits, IsFiniteAndExactForLargeLogits) {
  for (const float z : {100.0f, 1e30f}) {
    const Loss<float> wrong = bce_with_logits(Tensor<float>({2}, {z, -z}), Tensor<float>({2}, {0, 1}));
    EXPECT_EQ(wrong.value, z);
    EXPECT_EQ(wrong.gradient, Tensor<float>({2}, {0.5f, -0.5f}));
    const Loss<float> right = bce_with_logits(Tensor<float>({2}, {z, -z}), Tensor<float>({2}, {1, 0}));
    EXPECT_LT(right.value, 1e-30f);
    EXPECT_GE(right.value, 0);
  }
  const Loss<float> sure = bce_with_logits(Tensor<float>({1}, 20), Tensor<float>({1}, 1));
  EXPECT_NEAR(sure.value, std::log1p(std::exp(-20.0)), 1e-15);
  EXPECT_NEAR(sure.gradient[0], -1 / (1 + std::exp(20.0)), 1e-15);
}

// ## A second opinion
//
// PyTorch's function of the same name agrees on the value and on every element of the gradient.

TEST(BceWithLogits, AgreesWithPyTorch) {
  Golden golden("losses", "bce_with_logits");
  golden.expect(bce_with_logits(golden["y"], golden["target"]));
}

// ## In float
//
// As in double.

TEST(BceWithLogits, FloatAgreesWithDouble) {
  Random random(4);
  const Tensor<double> z = random_normal({16, 784}, random) * 4, target = random_targets({16, 784}, random);
  const Loss<double> exact = bce_with_logits(z, target);
  const Loss<float> loss = bce_with_logits(cast<float>(z), cast<float>(target));
  EXPECT_NEAR(loss.value, exact.value, 1e-6 * exact.value);
  for (std::size_t i = 0; i < z.size(); ++i) ASSERT_NEAR(loss.gradient[i], exact.gradient[i], 1e-10);
}

// ## Errors
//
// Any number is a logit, but only numbers in \f$ [0, 1] \f$ are targets. NaN goes through, into the value.

TEST(BceWithLogits, RefusesWrongTargetsAndShapes) {
  const Tensor<double> z({2}, {-3, 3});
  EXPECT_THROW(bce_with_logits(z, Tensor<double>({2}, {0, 255})), Error);
  EXPECT_THROW(bce_with_logits(z, Tensor<double>({2}, {-1, 1})), Error);
  EXPECT_THROW(bce_with_logits(z, Tensor<double>({1, 2})), ShapeError);
  EXPECT_THROW(bce_with_logits(Tensor<double>(), Tensor<double>()), ShapeError);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(bce_with_logits(Tensor<double>({2}, {1, nan}), Tensor<double>({2})).value));
}
