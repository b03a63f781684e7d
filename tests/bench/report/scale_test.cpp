#include "report/scale.hpp"

#include <gtest/gtest.h>

#include "bench/report/results_fixture.hpp"
#include "mend/tensor/error.hpp"

using namespace bench;

namespace {

const mend::CsvTable& table() {
  static const mend::CsvTable scale(test::scale);
  return scale;
}

}  // namespace

TEST(Scale, TheSlopeIsThatOfTheUpperHalfOnOneThread) {
  EXPECT_EQ(scale_axes(table()), std::vector<std::string>{"batch"});
  EXPECT_NEAR(measured_slope(table(), "batch"), 1, 1e-12)
      << "4 times the time for 4 times the batch, from 16 on";
  EXPECT_THROW(measured_slope(table(), "width"), mend::Error);
}

TEST(Scale, APanelForEachAxisALineForEachNumberOfThreads) {
  const std::vector<mend::Chart> charts = scale_charts(table());
  ASSERT_EQ(charts.size(), 1u);
  ASSERT_EQ(charts[0].series.size(), 3u);
  EXPECT_EQ(charts[0].series[0].name, "1 thread");
  EXPECT_EQ(charts[0].series[1].name, "2 threads");
  EXPECT_EQ(charts[0].series[2].name, "expected slope");
  EXPECT_EQ(charts[0].series[2].y, (std::vector<double>{0.125, 32})) << "through the last point";
}
