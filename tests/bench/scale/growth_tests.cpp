#include <gtest/gtest.h>

#include <cmath>

#include "mend/tensor/error.hpp"
#include "scale/growth.hpp"

namespace {

using scale::Axis;
using scale::Point;

Point point(Axis axis, std::size_t value, std::size_t threads, double seconds, double peak_mib = 100) {
  return {
      axis,    value, threads, seconds, axis == Axis::images ? seconds * static_cast<double>(value) / 128 : 0,
      peak_mib};
}

TEST(Work, CountsTheMultiplicationsOfAStep) {
  EXPECT_EQ(scale::work(Axis::batch, 256) / scale::work(Axis::batch, 64), 4);
  EXPECT_EQ(scale::work(Axis::images, 60000) / scale::work(Axis::images, 30000), 2);
  EXPECT_EQ(scale::work(Axis::threads, 2) / scale::work(Axis::threads, 1), 0.5);
  // 784 -> 2 -> 2 -> 2 -> 784: three products of each layer's size, and no dx of the first.
  EXPECT_EQ(scale::work(Axis::width, 2), 3 * (1568 + 4 + 4 + 1568) - 1568);
}

TEST(Slope, IsTheExponentOfThePower) {
  EXPECT_NEAR(scale::slope({1, 2, 4}, {5, 20, 80}), 2, 1e-12);
  EXPECT_NEAR(scale::slope({1, 10}, {7, 0.7}), -1, 1e-12);
  EXPECT_THROW(scale::slope({1}, {1}), mend::Error);
}

TEST(Slope, LeavesTheLowerHalfOut) { EXPECT_NEAR(scale::slope({1, 2, 4, 8}, {9, 9, 4, 8}), 1, 1e-12); }

TEST(Growths, TellTimeThatGrowsLikeTheWorkFromTimeThatGrowsFaster) {
  const auto growths = scale::growths({point(Axis::batch, 64, 1, 1), point(Axis::batch, 128, 1, 2),
                                       point(Axis::batch, 64, 2, 1), point(Axis::batch, 128, 2, 4),
                                       point(Axis::threads, 1, 1, 1), point(Axis::threads, 2, 2, 0.75)});
  ASSERT_EQ(growths.size(), 3u);
  EXPECT_NEAR(growths[0].measured, 1, 1e-12);
  EXPECT_NEAR(growths[0].expected, 1, 1e-12);
  EXPECT_FALSE(growths[0].too_fast());
  EXPECT_EQ(growths[1].threads, 2u);
  EXPECT_NEAR(growths[1].measured, 2, 1e-12);
  EXPECT_TRUE(growths[1].too_fast());
  EXPECT_NEAR(growths[2].measured, std::log2(0.75), 1e-12);
  EXPECT_NEAR(growths[2].expected, -1, 1e-12);
  EXPECT_FALSE(growths[2].too_fast());
}

TEST(Finding, SaysWhatGrowsFasterThanTheWork) {
  const std::vector<Point> good = {point(Axis::images, 128, 1, 1, 100), point(Axis::images, 1152, 1, 1, 101)};
  EXPECT_NE(scale::finding(good).find("nowhere faster"), std::string::npos);
  EXPECT_NE(scale::finding(good).find("costs 1.00 KiB"), std::string::npos) << scale::finding(good);
  const std::vector<Point> bad = {point(Axis::batch, 64, 2, 1), point(Axis::batch, 128, 2, 3)};
  EXPECT_NE(scale::finding(bad).find(
                "Time grows faster than the multiplications that have to be done: batch on 2 threads"),
            std::string::npos);
}

TEST(Finding, SaysWhatTheSecondThreadBrings) {
  EXPECT_NE(scale::finding({point(Axis::threads, 1, 1, 1), point(Axis::threads, 2, 2, 0.625)})
                .find("On 2 threads a step takes 0.62 of its time on one."),
            std::string::npos);
}

TEST(ToCsv, HoldsWhatOthersRead) {
  EXPECT_EQ(scale::to_csv({point(Axis::batch, 64, 1, 0.25), point(Axis::batch, 128, 1, 0.5),
                           point(Axis::images, 128, 1, 1)})
                .text(),
            "axis,value,threads,seconds_per_step,peak_mib,expected_slope,seconds_per_epoch\n"
            "batch,64,1,0.25,100,1,0\n"
            "batch,128,1,0.5,100,1,0\n"
            "images,128,1,1,100,0,1\n");
}

TEST(FromCsv, ReadsWhatToCsvWrote) {
  const std::vector<Point> points{point(Axis::batch, 64, 1, 0.25), point(Axis::width, 128, 2, 0.5)};
  const std::string text = scale::to_csv(points).text();
  EXPECT_EQ(scale::to_csv(scale::from_csv(mend::CsvTable(text))).text(), text);
  EXPECT_THROW(scale::from_csv(mend::CsvTable("axis,value\nbatch,1\n")), mend::Error);
}

TEST(Charts, TheLineIsTheWorkThroughTheLastPoint) {
  const auto charts = scale::charts({point(Axis::batch, 64, 1, 3), point(Axis::batch, 128, 1, 4)});
  ASSERT_EQ(charts.size(), 2u);
  ASSERT_EQ(charts[0].series.size(), 2u);
  EXPECT_EQ(charts[0].series[0].y, (std::vector<double>{3, 4}));
  EXPECT_EQ(charts[0].series[1].y, (std::vector<double>{2, 4}));
}

TEST(AxisNamed, IsTheReverseOfToString) {
  for (const Axis axis : {Axis::batch, Axis::width, Axis::images, Axis::threads})
    EXPECT_EQ(scale::axis_named(scale::to_string(axis)), axis);
  EXPECT_THROW(scale::axis_named("depth"), mend::Error);
}

}  // namespace
