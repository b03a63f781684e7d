// # Losses of the hole
//
// A restored image is judged where something was missing. In a hole that covers a tenth of the image, nine
// tenths of the plain mean are about copying pixels that are known. So each pixel gets a weight,
// \f[ w_i = h_i + k (1 - h_i), \qquad L = \frac{\sum_i w_i\, \ell(y_i, t_i)}{\sum_i w_i}, \f]
// where \f$ h_i \f$ is 1 in the hole and 0 elsewhere, and \f$ k \f$ is what a known pixel counts; 0 when
// nothing is said.
//
// **Backward.** The weights do not depend on \f$ y \f$, and only one term contains \f$ y_i \f$:
// \f[ \frac{\partial L}{\partial y_i} = \frac{w_i}{\sum_j w_j}\, \ell'(y_i, t_i). \f]
// A pixel of weight 0 gets the gradient 0: what the network says there is its own affair, because the
// composite puts the known pixel back.

#include "mend/losses/hole_losses.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "golden/golden.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/losses/bce_with_logits.hpp"
#include "mend/losses/l1.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

// A third of the pixels is missing.
Tensor<double> random_hole(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.below(3) == 0 ? 1.0 : 0.0; });
}

Tensor<double> random_targets(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.uniform(); });
}

// The three losses of this file, each beside the plain mean that it generalises.
template <class Test>
void for_each_loss(Test test) {
  test(
      "hole_mse", [](const auto&... x) { return hole_mse(x...); },
      [](const auto&... x) { return mse(x...); });
  test(
      "hole_l1", [](const auto&... x) { return hole_l1(x...); }, [](const auto&... x) { return l1(x...); });
  test(
      "hole_bce_with_logits", [](const auto&... x) { return hole_bce_with_logits(x...); },
      [](const auto&... x) { return bce_with_logits(x...); });
}

}  // namespace

// ## The proof
//
// All three, with the hole alone and with known pixels at a quarter of the weight.

TEST(HoleLosses, GradientsAreExact) {
  Random random(3);
  const Shape shape{3, 37};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> hole = random_hole(shape, random);
  for_each_loss([&](const char* name, auto hole_loss, auto) {
    for (const double known_weight : {0.0, 0.25}) {
      const CheckReport report = check_loss(
          [&]<class T>(const Tensor<T>& v, const Tensor<T>& t) {
            return hole_loss(v, t, cast<T>(hole), known_weight);
          },
          y, target);
      EXPECT_TRUE(report.passed()) << name << "\n" << report;
    }
  });
}

// ## By hand
//
// Four pixels with differences \f$ (1, 2, 3, 4) \f$, of which the first and the third are missing. Over the
// hole: \f$ (1 + 9) / 2 = 5 \f$, with \f$ dy = (2, 0, 6, 0) / 2 \f$. With \f$ k = 1/2 \f$ the weights
// \f$ (1, \tfrac12, 1, \tfrac12) \f$ add up to 3: \f$ (1 + 2 + 9 + 8) / 3 \f$, with
// \f$ dy = (2, 2, 6, 4) / 3 \f$.

TEST(HoleLosses, ByHand) {
  const Tensor<double> y({1, 4}, {1, 2, 3, 4}), target({1, 4}), hole({1, 4}, {1, 0, 1, 0});
  EXPECT_EQ(hole_mse(y, target, hole).value, 5);
  EXPECT_EQ(hole_mse(y, target, hole).gradient, Tensor<double>({1, 4}, {1, 0, 3, 0}));
  EXPECT_EQ(hole_l1(y, target, hole).value, 2);
  EXPECT_EQ(hole_l1(y, target, hole).gradient, Tensor<double>({1, 4}, {0.5, 0, 0.5, 0}));
  const Loss<double> both = hole_mse(y, target, hole, 0.5);
  EXPECT_DOUBLE_EQ(both.value, 20.0 / 3);
  const std::vector<double> numerator{2, 2, 6, 4};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_DOUBLE_EQ(both.gradient[i], numerator[i] / 3);
}

// ## Theorem: known pixels do not matter
//
// Whatever the network says outside the hole changes neither the value nor the gradient inside, and its
// gradient there is exactly 0.

TEST(HoleLosses, IgnoreWhatIsKnown) {
  Random random(5);
  const Shape shape{4, 25};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> hole = random_hole(shape, random);
  Tensor<double> other = y;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (hole[i] == 0) other[i] = 10 * random.normal();
  for_each_loss([&](const char* name, auto hole_loss, auto) {
    const Loss<double> loss = hole_loss(y, target, hole, 0.0);
    EXPECT_EQ(loss.value, hole_loss(other, target, hole, 0.0).value) << name;
    EXPECT_EQ(loss.gradient, hole_loss(other, target, hole, 0.0).gradient) << name;
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_EQ(loss.gradient[i] != 0, hole[i] == 1) << name << i;
  });
}

// ## Theorem: the plain mean is a special case
//
// Twice: when everything is missing, and when known pixels weigh as much as missing ones.

TEST(HoleLosses, OfEverythingAreThePlainMeans) {
  Random random(6);
  const Shape shape{4, 25};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> hole = random_hole(shape, random), everything(shape, 1.0);
  for_each_loss([&](const char* name, auto hole_loss, auto plain) {
    const Loss<double> expected = plain(y, target);
    EXPECT_EQ(hole_loss(y, target, everything, 0.0).value, expected.value) << name;
    EXPECT_EQ(hole_loss(y, target, everything, 0.0).gradient, expected.gradient) << name;
    EXPECT_EQ(hole_loss(y, target, hole, 1.0).value, expected.value) << name;
    EXPECT_EQ(hole_loss(y, target, hole, 1.0).gradient, expected.gradient) << name;
  });
}

// ## Theorem: the whole is made of its parts
//
// With \f$ s \f$ the share of the hole,
// \f$ L_{\text{whole}} = s\, L_{\text{hole}} + (1 - s)\, L_{\text{known}} \f$. A small hole hardly shows in
// the mean over the whole image, which is why that mean flatters.

TEST(HoleLosses, WholeIsTheWeightedSumOfItsParts) {
  Random random(8);
  const Shape shape{4, 25};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> hole = random_hole(shape, random), known = map(hole, [](double h) { return 1 - h; });
  const double share = mean(hole);
  for_each_loss([&](const char* name, auto hole_loss, auto plain) {
    const double in_hole = hole_loss(y, target, hole, 0.0).value,
                 outside = hole_loss(y, target, known, 0.0).value;
    EXPECT_NEAR(share * in_hole + (1 - share) * outside, plain(y, target).value, 1e-14) << name;
  });
}

// ## Theorem: entropy is the floor
//
// As for bce_with_logits, pixel by pixel, and a mean with weights keeps the order: no logits cost less than
// the mean entropy of the targets under the same weights, and \f$ z = \log(t / (1 - t)) \f$ costs just that.

TEST(HoleLosses, OfLogitsAreNeverUnderTheEntropyOfTheTargets) {
  Random random(7);
  const Shape shape{1, 50};
  const Tensor<double> target = random_targets(shape, random), hole = random_hole(shape, random);
  const Tensor<double> best = map(target, [](double t) { return std::log(t / (1 - t)); });
  for (const double known_weight : {0.0, 0.25}) {
    double entropy = 0, weights = 0;
    for (std::size_t i = 0; i < target.size(); ++i) {
      const double t = target[i], weight = hole[i] + known_weight * (1 - hole[i]);
      entropy -= weight * (t * std::log(t) + (1 - t) * std::log1p(-t));
      weights += weight;
    }
    const double floor = entropy / weights;
    EXPECT_NEAR(hole_bce_with_logits(best, target, hole, known_weight).value, floor, 1e-14);
    for (int trial = 0; trial < 20; ++trial)
      EXPECT_GT(hole_bce_with_logits(random_normal(shape, random), target, hole, known_weight).value, floor);
  }
}

// ## A second opinion
//
// PyTorch weighs each pixel's loss, adds up and divides; autograd does the rest. It agrees on the value and
// on every element of the gradient, with a hole that has a soft edge.

TEST(HoleLosses, AgreesWithPyTorch) {
  for_each_loss([](const std::string& name, auto hole_loss, auto) {
    Golden alone("losses", name + ".hole_alone"), with_known("losses", name + ".with_known");
    alone.expect(hole_loss(alone["y"], alone["target"], alone["hole"], 0.0));
    with_known.expect(hole_loss(with_known["y"], with_known["target"], with_known["hole"], 0.3));
  });
}

// ## In float
//
// As in double.

TEST(HoleLosses, FloatAgreesWithDouble) {
  Random random(4);
  const Shape shape{16, 784};
  const Tensor<double> y = random_normal(shape, random), target = random_targets(shape, random);
  const Tensor<double> hole = random_hole(shape, random);
  for_each_loss([&](const char* name, auto hole_loss, auto) {
    const double exact = hole_loss(y, target, hole, 0.1).value;
    const float narrow = hole_loss(cast<float>(y), cast<float>(target), cast<float>(hole), 0.1).value;
    EXPECT_NEAR(narrow, exact, 1e-6 * exact) << name;
  });
}

// ## Errors
//
// A batch without holes has no hole loss: that is an error, not a division by zero.

TEST(HoleLosses, RefuseWhatMakesNoSense) {
  const Tensor<double> y({2, 3}, 0.5), all({2, 3}, 1.0), none({2, 3}), minus({2, 3}, -1.0);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for_each_loss([&](const char* name, auto hole_loss, auto) {
    EXPECT_THROW(hole_loss(y, y, none, 0.0), Error) << name;
    EXPECT_NO_THROW(hole_loss(y, y, none, 0.5)) << name;
    EXPECT_THROW(hole_loss(y, y, minus, 0.0), Error) << name;
    EXPECT_THROW(hole_loss(y, y, all, -0.5), Error) << name;
    EXPECT_THROW(hole_loss(y, y, all, nan), Error) << name;
    EXPECT_THROW(hole_loss(y, Tensor<double>({3, 2}), all, 0.0), ShapeError) << name;
    EXPECT_THROW(hole_loss(y, y, Tensor<double>({6}, 1.0), 0.0), ShapeError) << name;
    EXPECT_THROW(hole_loss(Tensor<double>(), Tensor<double>(), Tensor<double>(), 0.0), ShapeError) << name;
    try {
      hole_loss(y, y, none, 0.0);
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()),
                std::string(name) + ": no pixel is missing; damage the batch, or give known_weight above 0");
    }
  });
  EXPECT_THROW(hole_bce_with_logits(y, Tensor<double>({2, 3}, 2.0), all), Error);
}
