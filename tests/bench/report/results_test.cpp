#include "report/results.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "bench/report/results_fixture.hpp"
#include "mend/files/atomic_file.hpp"

using namespace bench;

TEST(Results, TablesOfOthersAreThereOrNot) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "mend_speed_results";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  mend::write_file(folder / "speed.csv", test::speed);
  mend::write_file(folder / "speed_scale.csv", test::scale);
  const Results results = load_results(folder);
  EXPECT_EQ(results.ours.about("processor"), "Abacus");
  EXPECT_FALSE(results.peers);
  ASSERT_TRUE(results.scale);
  EXPECT_EQ(results.scale->rows(), 6u);
}

TEST(Results, APeerIsTakenInItsBestBuild) {
  const std::optional<mend::CsvTable> table(test::peers);
  const Peers peers(table);
  EXPECT_EQ(peers.ratio("task3_epoch", "torch", 1), 2.0);
  EXPECT_EQ(peers.milliseconds("task3_epoch", "torch", 1), 210);
  EXPECT_EQ(peers.milliseconds("task3_epoch", "mend", 0), 60) << "0: any number of threads";
  EXPECT_TRUE(std::isnan(peers.ratio("task3_epoch", "tiny-dnn", 1)));
  const std::optional<mend::CsvTable> none;
  EXPECT_TRUE(std::isnan(Peers(none).ratio("task3_epoch", "torch", 1)));
}
