#include "report/ladder.hpp"

#include <gtest/gtest.h>

#include "bench/report/results_fixture.hpp"

using namespace bench;

TEST(Ladder, AStepHasItsTimesAndWhatItGains) {
  const std::string text = ladder(Measurements::from_csv(mend::CsvTable(test::speed)));
  EXPECT_NE(text.find("| @ref speed_step_memory \"Memory that is handed on\" | 20.0 ms | 10.0 ms | 2.0 |"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("{#speed_step_adam}"), std::string::npos);
}

TEST(Ladder, AStepThatWasNotMeasuredSaysSo) {
  const std::string text = ladder(Measurements::from_csv(mend::CsvTable(test::speed)));
  EXPECT_NE(text.find("\"One pass in place of many: Adam\" | – | – | – |"), std::string::npos) << text;
  EXPECT_NE(text.find("Not measured on this machine."), std::string::npos);
}
