#include "report/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "bench/report/results_fixture.hpp"

using namespace bench;

TEST(Table, ALineForEachMeasurement) {
  const std::string text = measurement_table(Measurements::from_json(test::json));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_NE(text.find("layers/relu/forward "), std::string::npos) << text;
  EXPECT_NE(text.find("2.00 µs   ±50 %     2.00  16.0"), std::string::npos) << text;
}

TEST(Table, ThePageHasATableForEachModule) {
  const std::string text = measurement_pages(Measurements::from_json(test::json));
  EXPECT_NE(text.find("### layers {#speed_all_layers}\n"), std::string::npos) << text;
  EXPECT_NE(text.find("| `relu/forward` | 2.00 µs | ±50 % | 2.00 | 16.0 |  |"), std::string::npos) << text;
  EXPECT_NE(text.find("### training {#speed_all_training}\n"), std::string::npos) << text;
}
