#include "mend/baselines/ridge_fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// 40 images of 3 x 4 pixels that hang together.
Tensor<float> images(Random& random) {
  Tensor<float> x({40, 12});
  for (std::size_t n = 0; n < 40; ++n) {
    const double level = random.uniform(0.2, 0.8), slope = random.uniform(-0.05, 0.05);
    for (std::size_t d = 0; d < 12; ++d)
      x(n, d) = static_cast<float>(level + slope * static_cast<double>(d % 4) + random.uniform(-0.02, 0.02));
  }
  return x;
}

// Draws stripes, and remembers the masks it gave out.
struct Stripes {
  Random random{5};
  std::vector<Mask> drawn;
  Mask operator()(std::size_t n) {
    return drawn.emplace_back(draw_masks(MaskFamily::vertical_stripe, 2, n, random, 3, 4));
  }
};

// dL/dW of the objective as the header states it, from the examples themselves: 2/M sum of z^T (z W - x), and
// 2 lambda W for all rows but the last.
Tensor<double> gradient(const Tensor<float>& x, const std::vector<Mask>& masks, const Tensor<float>& w,
                        double lambda) {
  Tensor<double> g({25, 12});
  const double examples = static_cast<double>(masks.size()) * 40;
  for (const Mask& mask : masks)
    for (std::size_t n = 0; n < 40; ++n) {
      std::vector<double> z(25, 1.0);
      for (std::size_t d = 0; d < 12; ++d) {
        z[d] = mask.hole()(n, d) != 0 ? 0 : x(n, d);
        z[12 + d] = mask.hole()(n, d);
      }
      for (std::size_t d = 0; d < 12; ++d) {
        double error = -x(n, d);
        for (std::size_t i = 0; i < 25; ++i) error += z[i] * w(i, d);
        for (std::size_t i = 0; i < 25; ++i) g(i, d) += 2 / examples * z[i] * error;
      }
    }
  for (std::size_t i = 0; i < 24; ++i)
    for (std::size_t d = 0; d < 12; ++d) g(i, d) += 2 * lambda * w(i, d);
  return g;
}

double squared_norm_without_bias(const Tensor<float>& w) {
  const Tensor<float> weights = slice_rows(w, 0, w.dim(0) - 1);
  return dot(weights, weights);
}

}  // namespace

TEST(RidgeFill, HasAGradientOfZero) {
  Random random(1);
  const Tensor<float> x = images(random);
  for (const double lambda : {1e-3, 0.1}) {
    Stripes stripes;
    const RidgeFill fill(x, std::ref(stripes), 3, lambda);
    ASSERT_EQ(stripes.drawn.size(), 3u);  // a pass each: the damage is new every time
    for (const double g : gradient(x, stripes.drawn, fill.weights(), lambda)) EXPECT_NEAR(g, 0, 1e-6);
    const Tensor<float> other = fill.weights() + Tensor<float>(fill.weights().shape(), 0.01f);
    double largest = 0;
    for (const double g : gradient(x, stripes.drawn, other, lambda)) largest = std::max(largest, std::abs(g));
    EXPECT_GT(largest, 1e-3);
  }
}

// One pixel, never missing: z = (x, 0, 1). The ridge line through (x, x) has slope s^2 / (s^2 + lambda), s^2 the
// variance of x over N, goes through the mean, and leaves the weight of the hole at 0.
TEST(RidgeFill, OfOnePixelIsTheRidgeLine) {
  const Tensor<float> x({4, 1}, {0, 0.25f, 0.25f, 0.5f});  // mean 1/4, variance 1/32
  const RidgeFill fill(
      x, [](std::size_t n) { return Mask(n, 1, 1); }, 2, 1.0 / 96);
  EXPECT_NEAR(fill.weights()(0, 0), 0.75, 1e-6);
  EXPECT_NEAR(fill.weights()(1, 0), 0, 1e-12);
  EXPECT_NEAR(fill.weights()(2, 0), 0.25 - 0.75 * 0.25, 1e-6);
}

// Always missing, it can only learn the mean, whatever lambda: the weight of the hole is penalised, the bias is not.
TEST(RidgeFill, OfAPixelThatIsNeverSeenIsTheMean) {
  const Tensor<float> x({4, 1}, {0, 0.25f, 0.25f, 0.5f});
  const auto all_missing = [](std::size_t n) {
    Mask mask(n, 1, 1);
    for (std::size_t i = 0; i < n; ++i) mask.cut(i, 0, 0, 1, 1);
    return mask;
  };
  const RidgeFill fill(x, all_missing, 1, 100);
  EXPECT_NEAR(fill.weights()(1, 0), 0, 1e-7);
  EXPECT_NEAR(fill(Tensor<float>({1, 1}, 7), all_missing(1))[0], 0.25, 1e-6);
}

TEST(RidgeFill, HasSmallerWeightsForALargerPenalty) {
  Random random(2);
  const Tensor<float> x = images(random);
  double before = std::numeric_limits<double>::infinity();
  for (const double lambda : {1e-4, 1e-2, 1.0, 100.0}) {
    const double norm = squared_norm_without_bias(RidgeFill(x, Stripes(), 1, lambda).weights());
    EXPECT_LT(norm, before);
    before = norm;
  }
  EXPECT_LT(before, 1e-4);
}

TEST(RidgeFill, AddsUpBlocksOfAThousandImages) {
  Random random(3);
  const Tensor<float> x =
      map(Tensor<float>({2100, 4}), [&](float) { return static_cast<float>(random.uniform()); });
  std::vector<std::size_t> asked;
  const RidgeFill fill(
      x, [&](std::size_t n) { return asked.push_back(n), Mask(n, 2, 2); }, 2, 1e-9);
  EXPECT_EQ(asked, (std::vector<std::size_t>{1000, 1000, 100, 1000, 1000, 100}));
  for (std::size_t i = 0; i < 4; ++i)  // nothing was ever missing: it learns to copy
    for (std::size_t d = 0; d < 4; ++d) EXPECT_NEAR(fill.weights()(i, d), i == d ? 1 : 0, 1e-6);
}

TEST(RidgeFill, KeepsKnownPixelsIgnoresTheHoleAndClips) {
  Random random(4);
  const Tensor<float> x = images(random);
  const RidgeFill fill(x, Stripes(), 2, 1e-6);
  const Mask mask = Stripes()(40);
  const Tensor<float> u = fill(damage(x, mask, std::numeric_limits<float>::quiet_NaN()), mask);
  EXPECT_EQ(u, fill(x, mask));
  EXPECT_EQ(damage(u, mask), damage(x, mask));
  const Tensor<float> bright =
      fill(map(x, [](float v) { return 5 * v; }), mask);  // far outside of what it knows
  const Tensor<float> said = fill.predict(map(x, [](float v) { return 5 * v; }), mask);
  bool clipped = false;
  for (std::size_t i = 0; i < u.size(); ++i)
    if (mask.hole()[i] != 0) {
      EXPECT_EQ(bright[i], std::clamp(said[i], 0.0f, 1.0f));
      clipped = clipped || said[i] > 1;
    }
  EXPECT_TRUE(clipped);
}

TEST(RidgeFill, SaysWhatIsWrong) {
  const Tensor<float> x({3, 4});
  const auto draw = [](std::size_t n) { return Mask(n, 2, 2); };
  EXPECT_EQ(message_of<ShapeError>([&] {
              RidgeFill(Tensor<float>({0, 4}), draw);
            }),
            "RidgeFill: the training images are (0, 4) but (N, D) with N >= 1 was expected");
  EXPECT_EQ(message_of<Error>([&] { RidgeFill(x, draw, 0); }),
            "RidgeFill: expected at least 1 pass over the training images, found 0");
  EXPECT_EQ(message_of<Error>([&] { RidgeFill(x, draw, 1, 0); }),
            "RidgeFill: expected a positive lambda, found 0.000000");
  EXPECT_THROW(RidgeFill(x, draw, 1, std::numeric_limits<double>::quiet_NaN()), Error);
  EXPECT_EQ(message_of<ShapeError>([&] { RidgeFill(x, [](std::size_t n) { return Mask(n, 2, 3); }); }),
            "RidgeFill: damaged images and mask: (3, 4) and (3, 6) must be the same shape");
  EXPECT_EQ(message_of<Error>([&] {
              RidgeFill(Tensor<float>({3, 4}, std::numeric_limits<float>::quiet_NaN()), draw);
            }),
            "RidgeFill: the normal equations have no solution; are all training pixels finite numbers?");
  const RidgeFill fill(x, draw, 1, 1);
  EXPECT_THROW(fill(x, Mask(2, 2, 2)), ShapeError);
  EXPECT_THROW(fill(Tensor<float>({3, 6}), Mask(3, 2, 3)), ShapeError);
}
