#include "mend/baselines/nearest_neighbours_fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "mend/masks/families.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

// Pixels of 0, 1/4, ..., 1: all sums of their squares are exact in float, and many distances are equal.
Tensor<float> quarters(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return 0.25f * static_cast<float>(random.below(5)); });
}

// The definition: all training images, sorted by their distance over the known pixels, stably.
Tensor<std::size_t> brute_force(const Tensor<float>& train, std::size_t k, const Tensor<float>& damaged,
                                const Mask& mask) {
  Tensor<std::size_t> nearest({damaged.dim(0), k});
  for (std::size_t n = 0; n < damaged.dim(0); ++n) {
    std::vector<double> distance(train.dim(0));
    for (std::size_t t = 0; t < train.dim(0); ++t)
      for (std::size_t d = 0; d < train.dim(1); ++d)
        if (mask.hole()(n, d) == 0) {
          const double difference = damaged(n, d) - train(t, d);
          distance[t] += difference * difference;
        }
    std::vector<std::size_t> order(train.dim(0));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return distance[a] < distance[b]; });
    std::copy_n(order.begin(), k, nearest.data() + n * k);
  }
  return nearest;
}

}  // namespace

TEST(NearestNeighboursFill, FindsWhatBruteForceFindsTiesIncluded) {
  Random random(1);
  for (const std::size_t pixels : {4, 30}) {  // few pixels: nearly all are ties
    const Tensor<float> train = quarters({200, pixels}, random), x = quarters({300, pixels}, random);
    const Mask mask = draw_masks(MaskFamily::vertical_stripe, 1, 300, random, 2, pixels / 2);
    for (const std::size_t k : {1, 5, 200})
      EXPECT_EQ(NearestNeighboursFill(train, k).neighbours(x, mask), brute_force(train, k, x, mask)) << k;
  }
}

TEST(NearestNeighboursFill, OfEquallyNearImagesTakesTheFirst) {
  const Tensor<float> train({4, 2}, {1, 0.5f, 0, 0.25f, 0, 0.5f, 0, 0.75f});
  Mask mask(1, 1, 2);
  mask.cut(0, 0, 1, 1, 1);
  EXPECT_EQ(NearestNeighboursFill(train, 3).neighbours(Tensor<float>({1, 2}), mask),
            Tensor<std::size_t>({1, 3}, {1, 2, 3}));
}

TEST(NearestNeighboursFill, FillsWithTheMeanOfTheNeighbours) {
  const Tensor<float> train({3, 3}, {0, 0, 1, 0.25f, 0, 0.5f, 1, 1, 0});
  Mask mask(2, 1, 3);
  mask.cut(0, 0, 2, 1, 1);
  const Tensor<float> x({2, 3}, {0.125f, 0, std::numeric_limits<float>::quiet_NaN(), 0.5f, 0.5f, 0.5f});
  EXPECT_EQ(NearestNeighboursFill(train, 2)(x, mask),
            Tensor<float>({2, 3}, {0.125f, 0, 0.75f, 0.5f, 0.5f, 0.5f}));
}

TEST(NearestNeighboursFill, FindsAnImageThatItRemembersBehindAnyHole) {
  Random random(2);
  const Tensor<float> train =
      map(Tensor<float>({50, 784}), [&](float) { return static_cast<float>(random.uniform()); });
  const Mask mask = draw_assignment_masks(50, random);
  EXPECT_EQ(NearestNeighboursFill(train, 1)(damage(train, mask), mask), train);
}

TEST(NearestNeighboursFill, OfAnImageWithoutKnownPixelsTakesTheFirstImages) {
  Mask mask(1, 1, 2);
  mask.cut(0, 0, 0, 1, 2);
  EXPECT_EQ(
      NearestNeighboursFill(Tensor<float>({3, 2}, {0, 1, 0.5f, 0, 1, 1}), 2)(Tensor<float>({1, 2}, 1), mask),
      Tensor<float>({1, 2}, {0.25f, 0.5f}));
}

TEST(NearestNeighboursFill, HasTheSameBitsForAnyNumberOfThreads) {
  Random random(3);
  const Tensor<float> train =
      map(Tensor<float>({300, 64}), [&](float) { return static_cast<float>(random.uniform()); });
  const Mask mask = draw_masks(MaskFamily::patch, 3, 300, random, 8, 8);
  const NearestNeighboursFill fill(train);
  const std::size_t before = threads();
  set_threads(1);
  const Tensor<float> one = fill(train, mask);
  set_threads(3);
  EXPECT_EQ(fill(train, mask), one);
  set_threads(before);
}

TEST(NearestNeighboursFill, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ShapeError>([] {
              NearestNeighboursFill(Tensor<float>({0, 4}));
            }),
            "NearestNeighboursFill: the training images are (0, 4) but (N, D) with N >= 1 was expected");
  EXPECT_EQ(message_of<Error>([] {
              NearestNeighboursFill(Tensor<float>({3, 4}), 0);
            }),
            "NearestNeighboursFill: expected 1 to 3 neighbours for training images (3, 4), found 0");
  EXPECT_EQ(message_of<Error>([] {
              NearestNeighboursFill(Tensor<float>({3, 4}), 4);
            }),
            "NearestNeighboursFill: expected 1 to 3 neighbours for training images (3, 4), found 4");
  const NearestNeighboursFill fill(Tensor<float>({3, 4}), 1);
  EXPECT_THROW(fill(Tensor<float>({1, 4}), Mask(2, 2, 2)), ShapeError);
  EXPECT_THROW(fill(Tensor<float>({2, 6}), Mask(2, 2, 3)), ShapeError);
}
