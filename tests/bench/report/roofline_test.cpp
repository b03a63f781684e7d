#include "report/roofline.hpp"

#include <gtest/gtest.h>

#include "bench/report/results_fixture.hpp"
#include "mend/tensor/error.hpp"

using namespace bench;

namespace {

const Measurements& measured() {
  static const auto all = Measurements::from_csv(mend::CsvTable(test::speed));
  return all;
}

}  // namespace

TEST(Roofline, ThePeakIsThatOfTheWidestInstructions) {
  EXPECT_EQ(machine(measured()).peak, 100);
  EXPECT_EQ(machine(measured(), 2).peak, 200);
  EXPECT_EQ(machine(measured()).l2, 50) << "25 GB/s, and twice that in the fastest repetition";
}

TEST(Roofline, ARoofIsASlopeThenFlat) {
  const Machine m = machine(measured());
  EXPECT_EQ(m.roof(m.dram, 2), 20);
  EXPECT_EQ(m.roof(m.dram, 10), 100);
  EXPECT_EQ(m.roof(m.dram, 1000), 100);
}

TEST(Roofline, JobsOfOneThreadStandInTheFigure) {
  const mend::Chart chart = roofline(measured());
  ASSERT_EQ(chart.series.size(), 5u) << "three roofs, products, a layer";
  EXPECT_TRUE(chart.log_x && chart.log_y);
  EXPECT_EQ(chart.series[0].name, "L2, 50.0 GB/s");
  EXPECT_EQ(chart.series[0].x[1], 2) << "100 GFLOP/s over 50 GB/s is where the roof bends";
  EXPECT_EQ(chart.series[3].name, "products");
  EXPECT_EQ(chart.series[3].x, std::vector<double>{45});
  EXPECT_EQ(chart.series[4].x, std::vector<double>{0.125});
  EXPECT_EQ(chart.series[4].y, std::vector<double>{5});
}

TEST(Roofline, ItsWordsHaveItsNumbers) {
  const std::string text = roofline_finding(measured());
  EXPECT_NE(text.find("a peak of 100 GFLOP/s"), std::string::npos) << text;
  EXPECT_NE(text.find("The other layers lie at 0.125 operations a byte and reach 5.00 GFLOP/s."),
            std::string::npos)
      << text;
}

TEST(Roofline, NothingToDrawIsAnError) {
  EXPECT_THROW(roofline(Measurements::from_csv(mend::CsvTable(test::speed.substr(0, 100)))), mend::Error);
}
