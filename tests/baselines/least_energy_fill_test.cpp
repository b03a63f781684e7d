#include "mend/baselines/least_energy_fill.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<double> dense(const SparseMatrix& a) {
  Tensor<double> full({a.size(), a.size()});
  for (std::size_t p = 0; p < a.size(); ++p)
    for (const SparseEntry& entry : a[p]) full(p, entry.column) = entry.value;
  return full;
}

// Every pixel of every image is missing with probability 1/2; a few images share a mask.
Mask scattered(std::size_t images, std::size_t height, std::size_t width, Random& random) {
  Mask mask(images, height, width);
  for (std::size_t n = 0; n < images; ++n)
    for (std::size_t p = 0; p < height * width; ++p)
      if (n % 3 == 2 ? mask.hole()(n - 1, p) != 0 : random.below(2) == 0)
        mask.cut(n, p / width, p % width, 1, 1);
  return mask;
}

Tensor<float> uniform(Shape shape, Random& random) {
  return map(Tensor<float>(shape), [&](float) { return static_cast<float>(random.uniform()); });
}

}  // namespace

// Two rows of three pixels, written out.
TEST(GridLaplacian, CountsNeighbours) {
  const Tensor<double> expected({6, 6}, {2,  -1, 0,  -1, 0,  0,   //
                                         -1, 3,  -1, 0,  -1, 0,   //
                                         0,  -1, 2,  0,  0,  -1,  //
                                         -1, 0,  0,  2,  -1, 0,   //
                                         0,  -1, 0,  -1, 3,  -1,  //
                                         0,  0,  -1, 0,  -1, 2});
  EXPECT_EQ(dense(grid_laplacian(2, 3)), expected);
  EXPECT_EQ(dense(grid_laplacian(1, 1)), Tensor<double>({1, 1}));
}

TEST(Squared, IsTheProductOfTheMatrixWithItself) {
  const Tensor<double> laplacian = dense(grid_laplacian(4, 5));
  EXPECT_EQ(dense(squared(grid_laplacian(4, 5))), matmul(laplacian, laplacian));
}

// The gradient of u^T Q u is 2 Q u: zero at every missing pixel, and Q_hh is positive definite, so it is the least.
TEST(LeastEnergyFill, HasAGradientOfZeroInTheHole) {
  Random random(1);
  const Mask mask = scattered(9, 6, 7, random);
  const Tensor<float> x = uniform({9, 42}, random);
  for (const SparseMatrix& q : {grid_laplacian(6, 7), squared(grid_laplacian(6, 7))}) {
    const Tensor<float> u = least_energy_fill(x, mask, q);
    for (std::size_t n = 0; n < 9; ++n)
      for (std::size_t p = 0; p < 42; ++p) {
        if (mask.hole()(n, p) == 0) {
          EXPECT_EQ(u(n, p), x(n, p));
          continue;
        }
        double gradient = 0, scale = 0;
        for (const SparseEntry& entry : q[p]) {
          gradient += entry.value * u(n, entry.column);
          scale += std::abs(entry.value);
        }
        EXPECT_NEAR(gradient, 0, 2e-7 * scale) << "image " << n << " pixel " << p;
      }
  }
}

TEST(LeastEnergyFill, DoesNotLookIntoTheHole) {
  Random random(2);
  const Mask mask = scattered(6, 5, 5, random);
  const Tensor<float> x = uniform({6, 25}, random);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(least_energy_fill(damage(x, mask, nan), mask, grid_laplacian(5, 5)),
            least_energy_fill(x, mask, grid_laplacian(5, 5)));
}

TEST(LeastEnergyFill, HasTheSameBitsForAnyNumberOfThreads) {
  Random random(3);
  const Mask mask = scattered(60, 12, 12, random);
  const Tensor<float> x = uniform({60, 144}, random);
  const std::size_t before = threads();
  set_threads(1);
  const Tensor<float> one = least_energy_fill(x, mask, grid_laplacian(12, 12));
  set_threads(3);
  EXPECT_EQ(least_energy_fill(x, mask, grid_laplacian(12, 12)), one);
  set_threads(before);
}

TEST(LeastEnergyFill, MakesAnImageWithoutKnownPixelsBlack) {
  Mask mask(2, 3, 3);
  mask.cut(1, 0, 0, 3, 3);
  const Tensor<float> u = least_energy_fill(Tensor<float>({2, 9}, 0.5f), mask, grid_laplacian(3, 3));
  for (std::size_t p = 0; p < 9; ++p) {
    EXPECT_EQ(u(0, p), 0.5f);
    EXPECT_EQ(u(1, p), 0);
  }
}

TEST(LeastEnergyFill, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              least_energy_fill(Tensor<float>({1, 9}), Mask(2, 3, 3), grid_laplacian(3, 3));
            }),
            "least_energy_fill: damaged images and mask: (1, 9) and (2, 9) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([] {
              least_energy_fill(Tensor<float>({2, 9}), Mask(2, 3, 3), grid_laplacian(2, 3));
            }),
            "least_energy_fill: the images are (2, 9) but Q has 6 rows: expected one for each pixel");
}
