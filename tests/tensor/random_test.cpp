#include "mend/tensor/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;

// The C++ standard, [rand.predef]: what the 10000th number of a default-constructed engine has to be.
TEST(Random, StandsOnTheStandardEngine) {
  std::mt19937_64 engine;
  engine.discard(9999);
  EXPECT_EQ(engine(), 9981545732273789042u);
}

// SplitMix64 begins with 0xe220a8397b1dcdaf for the seed 0 (Vigna's reference program): the unnamed stream's
// seed.
TEST(Random, SeedsItsEngineBySplitMix64) {
  std::mt19937_64 engine(0xe220a8397b1dcdaf);
  Random random(0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(random.bits(), engine());
}

// What this program drew when it was written: another compiler or platform has to draw the same. The normal
// numbers go through log, sqrt and cos, whose last bit is the C library's.
TEST(Random, HasGoldenValues) {
  Random random(1, "init");
  EXPECT_EQ(random.bits(), 7014967612017360450u);
  EXPECT_EQ(random.bits(), 15151693922467401616u);
  EXPECT_EQ(random.uniform(), 0.0035389192677058867);
  EXPECT_NEAR(random.normal(), -0.71396489961242349, 1e-15);
  EXPECT_EQ(random.below(1000), 678u);
  EXPECT_EQ(random.between(3, 16), 15u);
  std::vector<int> items = {0, 1, 2, 3, 4, 5, 6, 7};
  random.shuffle(items);
  EXPECT_EQ(items, (std::vector<int>{5, 4, 6, 0, 1, 7, 3, 2}));
}

TEST(Random, UniformIsInItsRangeAndFlat) {
  Random random(2);
  constexpr int n = 100'000;
  double total = 0, squares = 0, least = 1, most = 0;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    total += u;
    squares += u * u;
    least = std::min(least, u);
    most = std::max(most, u);
  }
  EXPECT_GE(least, 0);
  EXPECT_LT(most, 1);
  EXPECT_LT(least, 1e-3);
  EXPECT_GT(most, 1 - 1e-3);
  EXPECT_NEAR(total / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));  // five standard errors
  EXPECT_NEAR(squares / n, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / n));
}

TEST(Random, UniformBetweenBoundsStaysThere) {
  Random random(3);
  for (int i = 0; i < 10'000; ++i) {
    const double u = random.uniform(-3, -1);
    ASSERT_GE(u, -3);
    ASSERT_LT(u, -1);
  }
}

// Moments of the normal distribution: 0, 1, 0, 3; their estimators vary with 1, 2, 15, 96 over n.
TEST(Random, NormalHasTheMomentsOfTheNormalDistribution) {
  Random random(4);
  constexpr int n = 200'000;
  double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
  for (int i = 0; i < n; ++i) {
    const double z = random.normal();
    m1 += z;
    m2 += z * z;
    m3 += z * z * z;
    m4 += z * z * z * z;
  }
  EXPECT_NEAR(m1 / n, 0, 5 * std::sqrt(1.0 / n));
  EXPECT_NEAR(m2 / n, 1, 5 * std::sqrt(2.0 / n));
  EXPECT_NEAR(m3 / n, 0, 5 * std::sqrt(15.0 / n));
  EXPECT_NEAR(m4 / n, 3, 5 * std::sqrt(96.0 / n));
}

TEST(Random, NormalIsAlwaysFinite) {
  Random random(5);
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(std::isfinite(random.normal()));
}

// Chi-square with 6 degrees of freedom stays below 27.9 but once in ten thousand times.
TEST(Random, BelowIsFlat) {
  Random random(6);
  std::vector<int> counts(7);
  constexpr int n = 70'000;
  for (int i = 0; i < n; ++i) ++counts.at(random.below(7));
  double chi_square = 0;
  for (const int count : counts) chi_square += std::pow(count - n / 7.0, 2) / (n / 7.0);
  EXPECT_LT(chi_square, 27.9);
}

// For n = 3/4 of 2^64 a mere remainder would fall into the lower third half of the time.
TEST(Random, BelowIsUnbiasedForLargeRanges) {
  Random random(7);
  const std::size_t n = 3 * (std::size_t{1} << 62);
  int low = 0;
  for (int i = 0; i < 10'000; ++i) low += random.below(n) < n / 3;
  EXPECT_NEAR(low, 10'000 / 3.0, 5 * std::sqrt(10'000 * 2.0 / 9));
}

TEST(Random, BetweenIncludesBothEnds) {
  Random random(8);
  std::vector<std::size_t> seen;
  for (int i = 0; i < 1000; ++i) seen.push_back(random.between(3, 16));
  EXPECT_EQ(*std::min_element(seen.begin(), seen.end()), 3u);
  EXPECT_EQ(*std::max_element(seen.begin(), seen.end()), 16u);
  EXPECT_EQ(random.between(5, 5), 5u);
}

TEST(Random, ShuffleIsAPermutation) {
  Random random(9);
  std::vector<int> items(1000);
  std::iota(items.begin(), items.end(), 0);
  const std::vector<int> ordered = items;
  random.shuffle(items);
  EXPECT_NE(items, ordered);
  EXPECT_TRUE(std::is_permutation(items.begin(), items.end(), ordered.begin()));
  std::vector<int> none, one = {4};
  random.shuffle(none);
  random.shuffle(one);
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(one, std::vector<int>{4});
}

// Chi-square with 5 degrees of freedom stays below 25.7 but once in ten thousand times.
TEST(Random, ShuffleMakesAllOrdersEquallyLikely) {
  Random random(10);
  std::map<std::vector<int>, int> counts;
  constexpr int n = 60'000;
  for (int i = 0; i < n; ++i) {
    std::vector<int> items = {1, 2, 3};
    random.shuffle(items);
    ++counts[items];
  }
  ASSERT_EQ(counts.size(), 6u);
  double chi_square = 0;
  for (const auto& [order, count] : counts) chi_square += std::pow(count - n / 6.0, 2) / (n / 6.0);
  EXPECT_LT(chi_square, 25.7);
}

TEST(Random, StreamsOfOtherNamesOrSeedsDiffer) {
  const std::vector<std::pair<std::uint64_t, std::string>> streams = {
      {1, ""}, {1, "init"}, {1, "masks"}, {1, "mask"}, {1, "ab"}, {1, "ba"}, {2, "init"}, {2, ""}, {0, ""}};
  std::vector<std::uint64_t> first;
  for (const auto& [seed, name] : streams) first.push_back(Random(seed, name).bits());
  std::sort(first.begin(), first.end());
  EXPECT_EQ(std::adjacent_find(first.begin(), first.end()), first.end());
  EXPECT_EQ(Random(1, "init").bits(), Random(1, "init").bits());
}

TEST(Random, StreamsOfOneSeedAreUncorrelated) {
  Random init(1, "init"), masks(1, "masks");
  constexpr int n = 50'000;
  double product = 0;
  for (int i = 0; i < n; ++i) product += init.normal() * masks.normal();
  EXPECT_NEAR(product / n, 0, 5 / std::sqrt(n));
}

TEST(Random, ContinuesFromItsState) {
  Random random(11, "shuffle");
  for (int i = 0; i < 1000; ++i) random.bits();
  const std::string state = random.state();
  std::vector<double> expected, found;
  for (int i = 0; i < 500; ++i) expected.push_back(random.normal());
  Random other(99);
  other.restore(state);
  EXPECT_EQ(other.state(), state);
  for (int i = 0; i < 500; ++i) found.push_back(other.normal());
  EXPECT_EQ(found, expected);
}

TEST(Random, RestoreRejectsJunkAndChangesNothing) {
  Random random(12);
  const std::string state = random.state();
  for (const std::string& junk : {std::string(), std::string("1 2 3"), std::string("hello"), state + " 5",
                                  state.substr(0, state.size() / 2), "x" + state})
    EXPECT_EQ(message_of<Error>([&] { random.restore(junk); }),
              "Random::restore: this text is not the state of a random stream");
  EXPECT_EQ(random.state(), state);
}

TEST(Random, SaysWhatIsWrong) {
  Random random(13);
  EXPECT_EQ(message_of<Error>([&] { random.below(0); }), "Random::below: expected n >= 1, found 0");
  EXPECT_EQ(message_of<Error>([&] { random.between(4, 3); }),
            "Random::between: expected low <= high, found 4 and 3");
}
