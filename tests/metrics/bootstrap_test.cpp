// # The bootstrap
//
// The mean of a resample of N numbers with population variance s^2 (divided by N) has variance s^2 / N, exactly. With
// values alpha_s + beta_n and S seeds drawn as well, the variances add: var(alpha) / S + var(beta) / N. B replicates
// estimate a variance to a relative sqrt(2 / B), 1.4 % for 10,000; the bands below are four times that.

#include "mend/metrics/bootstrap.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

Tensor<double> normal(const Shape& shape, Random& random) {
  return map(Tensor<double>(shape), [&](double) { return random.normal(); });
}

// Mean and population variance.
std::pair<double, double> moments(const std::vector<double>& values) {
  double mean = 0, variance = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) variance += (v - mean) * (v - mean) / static_cast<double>(values.size());
  return {mean, variance};
}

std::vector<double> column(const Tensor<double>& x, std::size_t c) {
  std::vector<double> values;
  for (std::size_t b = 0; b < x.dim(0); ++b) values.push_back(x(b, c));
  return values;
}

std::vector<double> as_vector(const Tensor<double>& x) { return {x.begin(), x.end()}; }

Tensor<double> identity(std::size_t n) {
  Tensor<double> x({n, n});
  for (std::size_t i = 0; i < n; ++i) x(i, i) = 1;
  return x;
}

// How often each image is in each resample, (B, N): the mean of an image's indicator is its count / N.
Tensor<double> counts(const Bootstrap& bootstrap) {
  const std::size_t n = bootstrap.images();
  return bootstrap.means(identity(n)) * static_cast<double>(n);
}

}  // namespace

TEST(Interval, CutsEqualTailsOffTheReplicates) {
  std::vector<double> replicates;  // 0, 1, ..., 1000 in another order
  for (std::size_t i = 0; i <= 1000; ++i) replicates.push_back(static_cast<double>(i * 5 % 1001));
  const Interval all = interval(3, replicates);
  EXPECT_EQ(all.estimate, 3);
  EXPECT_NEAR(all.low, 25, 1e-9);
  EXPECT_NEAR(all.high, 975, 1e-9);
  const Interval half = interval(3, replicates, 0.5);
  EXPECT_NEAR(half.low, 250, 1e-9);
  EXPECT_NEAR(half.high, 750, 1e-9);
  // numpy.quantile([1, 2, 4], [0.1, 0.9]) = 1.2, 3.6
  EXPECT_NEAR(interval(0, {4, 1, 2}, 0.8).low, 1.2, 1e-12);
  EXPECT_NEAR(interval(0, {4, 1, 2}, 0.8).high, 3.6, 1e-12);
  EXPECT_EQ(interval(0, {5}).low, 5);
  EXPECT_EQ(interval(0, {5}).high, 5);
}

TEST(CellMeans, AreOverImagesAndSeeds) {
  EXPECT_EQ(as_vector(cell_means(Tensor<double>({2, 2}, {1, 3, 5, 6}))), (std::vector<double>{2, 5.5}));
  const Tensor<double> nested({2, 2, 2}, {1, 3, 5, 6, 2, 2, 0, 1});
  EXPECT_EQ(as_vector(cell_means(nested)), (std::vector<double>{2, 3}));
}

// N draws with replacement: counts are whole, sum to N, and have mean 1 and variance 1 - 1/N.
TEST(Bootstrap, DrawsWithReplacement) {
  const std::size_t n = 30, resamples = 2500;
  const Tensor<double> drawn = counts(Bootstrap(n, resamples));
  double squares = 0;
  for (std::size_t b = 0; b < resamples; ++b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_NEAR(drawn(b, i), std::round(drawn(b, i)), 1e-12);
      sum += drawn(b, i);
      squares += (drawn(b, i) - 1) * (drawn(b, i) - 1);
    }
    EXPECT_NEAR(sum, static_cast<double>(n), 1e-12);
  }
  EXPECT_NEAR(squares / static_cast<double>(n * resamples), 1 - 1.0 / static_cast<double>(n), 0.02);
  for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(moments(column(drawn, i)).first, 1, 0.1) << "image " << i;
}

TEST(Bootstrap, MeansAreThoseOfTheImagesDrawn) {
  Random random(1);
  const Bootstrap bootstrap(12, 1100);  // more than one block
  const Tensor<double> values = normal({3, 12}, random), drawn = counts(bootstrap),
                       means = bootstrap.means(values);
  ASSERT_EQ(means.shape(), Shape({1100, 3}));
  for (std::size_t b = 0; b < 1100; ++b)
    for (std::size_t c = 0; c < 3; ++c) {
      double sum = 0;
      for (std::size_t n = 0; n < 12; ++n) sum += drawn(b, n) * values(c, n);
      EXPECT_NEAR(means(b, c), sum / 12, 1e-13);
    }
}

TEST(Bootstrap, SeesTheSameResamplesInEveryCall) {
  Random random(2);
  const Tensor<double> values = normal({2, 20}, random);
  const Bootstrap bootstrap(20, 300, 7);
  EXPECT_EQ(bootstrap.means(values), bootstrap.means(values));
  const std::size_t before = threads();
  set_threads(3);
  EXPECT_EQ(bootstrap.means(values), Bootstrap(20, 300, 7).means(values));
  set_threads(before);
  EXPECT_NE(bootstrap.means(values), Bootstrap(20, 300, 8).means(values));
}

TEST(Bootstrap, FindsTheStandardErrorOfAMean) {
  Random random(3);
  const Tensor<double> values = normal({1, 50}, random);
  const double variance = moments(as_vector(values)).second / 50;
  const auto [mean, found] = moments(column(Bootstrap(50).means(values), 0));
  EXPECT_NEAR(mean, cell_means(values)[0], 4 * std::sqrt(variance / 10000));
  EXPECT_NEAR(found / variance, 1, 4 * std::sqrt(2.0 / 10000));
}

// 2,000 samples of 40 normal numbers around 0. The percentile interval of so few is known to be a little short: it has
// the factor sqrt(39 / 40) and 1.96 for Student's 2.02, which makes 93.9 % of 95 %.
TEST(Bootstrap, CoversTheTruthAsOftenAsItSays) {
  Random random(4);
  const std::size_t samples = 2000;
  std::size_t covered = 0;
  for (const Interval& i : Bootstrap(40, 1000).mean_interval(normal({samples, 40}, random)))
    covered += i.low <= 0 && 0 <= i.high;
  EXPECT_NEAR(static_cast<double>(covered) / static_cast<double>(samples), 0.939, 0.016);
}

// b is a plus a little: the difference varies by a hundredth of what either does.
TEST(Bootstrap, PairedDifferenceIsNarrowerThanOneOfIndependentImages) {
  Random random(5);
  const Tensor<double> a = normal({1, 100}, random), b = a + normal({1, 100}, random) * 0.01;
  const Bootstrap bootstrap(100, 2000), other(100, 2000, 1);
  const Interval paired = bootstrap.paired_difference(a, b)[0];
  const Interval unpaired = intervals(cell_means(a) - cell_means(b), bootstrap.means(a) - other.means(b))[0];
  EXPECT_LT(paired.high - paired.low, 0.02 * (unpaired.high - unpaired.low));
  EXPECT_EQ(paired.estimate, cell_means(a - b)[0]);
  EXPECT_LE(paired.low, paired.estimate);
  EXPECT_GE(paired.high, paired.estimate);
}

TEST(Bootstrap, EqualDataDifferByNothing) {
  Random random(6);
  for (const Tensor<double>& values : {normal({3, 25}, random), normal({4, 3, 25}, random)})
    for (const Interval& i : Bootstrap(25, 500).paired_difference(values, values)) {
      EXPECT_EQ(i.estimate, 0);
      EXPECT_EQ(i.low, 0);
      EXPECT_EQ(i.high, 0);
    }
}

TEST(Bootstrap, NestedVarianceIsThatOfSeedsPlusThatOfImages) {
  Random random(7);
  const std::size_t seeds = 5, images = 40;
  const Tensor<double> alpha = normal({seeds}, random), beta = normal({images}, random);
  Tensor<double> values({seeds, 1, images});
  for (std::size_t s = 0; s < seeds; ++s)
    for (std::size_t n = 0; n < images; ++n) values(s, 0, n) = 0.5 * alpha[s] + beta[n];
  const double expected = 0.25 * moments(as_vector(alpha)).second / static_cast<double>(seeds) +
                          moments(as_vector(beta)).second / static_cast<double>(images);
  EXPECT_NEAR(moments(column(Bootstrap(images).means(values), 0)).second / expected, 1, 0.057);
}

// Indicators show what a resample drew: whole numbers of each seed, S in all, and of the images what it drew anyway.
TEST(Bootstrap, DrawsTheSameSeedsInEveryCallAndTheSameImagesForAllSeeds) {
  const std::size_t seeds = 4, images = 6, resamples = 400;
  Tensor<double> which_seed({seeds, seeds, images}), which_image({seeds, images, images});
  for (std::size_t s = 0; s < seeds; ++s)
    for (std::size_t n = 0; n < images; ++n) which_seed(s, s, n) = 1, which_image(s, n, n) = 1;
  const Bootstrap bootstrap(images, resamples);
  const Tensor<double> drawn = bootstrap.means(which_seed) * static_cast<double>(seeds);
  double squares = 0;
  for (std::size_t b = 0; b < resamples; ++b) {
    double sum = 0;
    for (std::size_t s = 0; s < seeds; ++s) {
      EXPECT_NEAR(drawn(b, s), std::round(drawn(b, s)), 1e-12);
      sum += drawn(b, s);
      squares += (drawn(b, s) - 1) * (drawn(b, s) - 1);
    }
    EXPECT_NEAR(sum, static_cast<double>(seeds), 1e-12);
  }
  EXPECT_NEAR(squares / static_cast<double>(seeds * resamples), 1 - 1.0 / static_cast<double>(seeds), 0.1);
  EXPECT_EQ(bootstrap.means(which_seed), bootstrap.means(which_seed));
  const Tensor<double> nested = bootstrap.means(which_image), plain = bootstrap.means(identity(images));
  for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_NEAR(nested[i], plain[i], 1e-14);
}

// A baseline has no seeds; a network that errs by 1 more on each image, whatever its seed, differs by exactly 1.
TEST(Bootstrap, ComparesSeedsWithNone) {
  Random random(8);
  const Tensor<double> baseline = normal({1, 30}, random);
  Tensor<double> network({3, 1, 30});
  for (std::size_t i = 0; i < network.size(); ++i) network[i] = baseline[i % 30] + 1;
  const Interval difference = Bootstrap(30, 500).paired_difference(network, baseline)[0];
  EXPECT_NEAR(difference.estimate, 1, 1e-13);
  EXPECT_NEAR(difference.low, 1, 1e-13);
  EXPECT_NEAR(difference.high, 1, 1e-13);
}

TEST(Bootstrap, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<Error>([] { Bootstrap(0); }), "Bootstrap: expected at least 1 image, found 0");
  EXPECT_EQ(message_of<Error>([] { Bootstrap(2, 0); }), "Bootstrap: expected at least 1 resample, found 0");
  const Bootstrap bootstrap(5, 10);
  EXPECT_EQ(message_of<ShapeError>([&] {
              bootstrap.means(Tensor<double>({2, 6}));
            }),
            "Bootstrap::means: values are (2, 6) but the last axis of 5 images was expected");
  EXPECT_EQ(message_of<ShapeError>([&] { bootstrap.means(Tensor<double>({5})); }),
            "Bootstrap::means: values are (5) but (C, N) or (S, C, N) without a 0 was expected");
  EXPECT_EQ(message_of<ShapeError>([&] {
              cell_means(Tensor<double>({0, 2, 5}));
            }),
            "cell_means: values are (0, 2, 5) but (C, N) or (S, C, N) without a 0 was expected");
  EXPECT_EQ(message_of<ShapeError>([&] {
              bootstrap.paired_difference(Tensor<double>({2, 5}), Tensor<double>({3, 5}));
            }),
            "Bootstrap::paired_difference: a is (2, 5) but b is (3, 5): the number of cells differs");
  EXPECT_EQ(message_of<Error>([] { interval(0, {}); }),
            "interval: expected at least 1 replicate, found none");
  EXPECT_EQ(message_of<Error>([] { interval(0, {1}, 1); }),
            "interval: expected a level between 0 and 1, found 1.000000");
  EXPECT_EQ(message_of<Error>([] {
              interval(0, {1, std::nan("")});
            }),
            "interval: expected numbers, found NaN in replicate 1");
  EXPECT_EQ(message_of<ShapeError>([] {
              intervals(Tensor<double>({2}), Tensor<double>({10, 3}));
            }),
            "intervals: estimates are (2) and replicates (10, 3) but (C) and (B, C) were expected");
}
