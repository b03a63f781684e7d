#include "mend/figures/axis.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace mend;

namespace {

std::string labels(const std::vector<Tick>& list) {
  std::string text;
  for (const Tick& tick : list)
    if (!tick.label.empty()) (text += tick.label) += ' ';
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

TEST(Axis, RangeTakesWhatIsFinite) {
  Range range;
  EXPECT_TRUE(range.empty());
  for (const double value : std::initializer_list<double>{NAN, INFINITY, -INFINITY}) range.include(value);
  EXPECT_TRUE(range.empty());
  for (const double value : std::initializer_list<double>{3, -1, NAN, 2}) range.include(value);
  EXPECT_EQ(range.low, -1);
  EXPECT_EQ(range.high, 3);
}

TEST(Axis, PositionRunsFromZeroToOne) {
  EXPECT_DOUBLE_EQ(position({2, 6}, false, 3), 0.25);
  EXPECT_DOUBLE_EQ(position({1, 10000}, true, 10), 0.25);
}

TEST(Axis, PaddedIsNeverEmpty) {
  EXPECT_DOUBLE_EQ(padded({0, 10}, false, 0.1).low, -1);
  EXPECT_DOUBLE_EQ(padded({0, 10}, false, 0.1).high, 11);
  EXPECT_DOUBLE_EQ(padded({1, 100}, true, 0.5).low, 0.1);
  EXPECT_DOUBLE_EQ(padded({1, 100}, true, 0.5).high, 1000);
  for (const double value : {0.0, -5.0, 1e-9})
    EXPECT_LT(padded({value, value}, false, 0).low, padded({value, value}, false, 0).high);
  EXPECT_LT(padded({5, 5}, true, 0).low, padded({5, 5}, true, 0).high);
}

TEST(Axis, NumbersNextToEachOtherStillGetTicks) {
  for (const double value : {1e-310, 1.0, 1e15}) {
    const Range range = padded({value, std::nextafter(value, INFINITY)}, false, 0);
    const std::size_t count = ticks(range, false, 5).size();
    EXPECT_GE(count, 2u) << value;
    EXPECT_LE(count, 6u) << value;
  }
}

TEST(Axis, StepsAreOneTwoFive) {
  EXPECT_DOUBLE_EQ(nice_step(10, 10), 1);
  EXPECT_DOUBLE_EQ(nice_step(10, 9), 2);
  EXPECT_DOUBLE_EQ(nice_step(10, 4), 5);
  EXPECT_DOUBLE_EQ(nice_step(10, 1), 10);
  EXPECT_DOUBLE_EQ(nice_step(0.03, 6), 0.005);
  EXPECT_DOUBLE_EQ(nice_step(60000, 5), 20000);
}

TEST(Axis, LabelsHaveTheSameDecimals) {
  EXPECT_EQ(labels(ticks({0, 1}, false, 5)), "0.0 0.2 0.4 0.6 0.8 1.0");
  EXPECT_EQ(labels(ticks({-1.2, 1.2}, false, 5)), "\u22121.0 \u22120.5 0.0 0.5 1.0");
  EXPECT_EQ(labels(ticks({0.001, 0.0042}, false, 4)), "0.001 0.002 0.003 0.004");
  EXPECT_EQ(labels(ticks({0, 60000}, false, 3)), "0 20000 40000 60000");
  EXPECT_EQ(labels(ticks({0, 3e6}, false, 3)), "0 10^{6} 2\u00d710^{6} 3\u00d710^{6}");
  EXPECT_EQ(labels(ticks({0, 2e-6}, false, 2)), "0 10^{\u22126} 2\u00d710^{\u22126}");
  for (const Tick& tick : ticks({-1, 1}, false, 4)) EXPECT_FALSE(tick.at == 0 && std::signbit(tick.at));
}

TEST(Axis, CountsAreNotSplit) {
  EXPECT_EQ(labels(ticks({0.9, 4.1}, false, 10)), "1.0 1.5 2.0 2.5 3.0 3.5 4.0");
  EXPECT_EQ(labels(ticks({0.9, 4.1}, false, 10, true)), "1 2 3 4");
}

TEST(Axis, LogarithmicTicksArePowersOfTen) {
  EXPECT_EQ(labels(ticks({0.005, 2000}, true, 8)), "0.01 0.1 1 10 100 1000");
  EXPECT_EQ(labels(ticks({0.9, 12}, true, 8)), "1 2 5 10");
  EXPECT_EQ(labels(ticks({1, 3}, true, 4)), "1.0 1.5 2.0 2.5 3.0");
  EXPECT_EQ(labels(ticks({1e-12, 1e4}, true, 4)), "10^{\u221212} 10^{\u22128} 0.0001 1 10000");
  for (const Tick& tick : ticks({0.02, 30}, true, 8)) {
    EXPECT_GE(tick.at, 0.02 * (1 - 1e-9));
    EXPECT_LE(tick.at, 30 * (1 + 1e-9));
  }
}
