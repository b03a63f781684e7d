#include "report/page.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "bench/report/results_fixture.hpp"
#include "mend/files/atomic_file.hpp"

using namespace bench;

namespace {

Results small() { return {Measurements::from_csv(mend::CsvTable(test::speed))}; }

bool has(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

}  // namespace

TEST(SpeedPage, ThePageOfTheSiteIsMadeFromTheTables) {
  EXPECT_TRUE(mend::read_file("docs/speed.md") == speed_page(load_results("docs/results")))
      << "docs/speed.md and docs/results/speed*.csv differ: ./do bench writes all of them, and\n"
         "build/release/bench/mend_bench_report --page docs writes the page from the tables";
}

TEST(SpeedPage, TheTablesOfTheSiteAreThoseOfAFullRun) {
  const Measurements& ours = load_results("docs/results").ours;
  EXPECT_GT(ours.all().size(), 150u);
  for (const char* name : {"layers/dense/784x256/forward", "optimizers/adam", "losses/mse",
                           "machine/read/DRAM/threads:2", "training/epoch/task3/threads:2",
                           "models/restore/1920/threads:1", "metrics/measure_table/1920/threads:1"})
    EXPECT_GT(ours.of(name).seconds, 0) << name;
  EXPECT_TRUE(std::filesystem::exists("docs/results/speed_roofline.svg"));
}

TEST(SpeedPage, ASectionOfOthersIsThereWhenTheirTableIs) {
  Results results = small();
  std::string page = speed_page(results);
  EXPECT_TRUE(has(page, "# How fast is it, and why {#speed}"));
  EXPECT_FALSE(has(page, "{#speed_peers}") || has(page, "{#speed_scale}") || has(page, "{#speed_compile}"));
  EXPECT_TRUE(has(page, "| Task 3 epoch, 1 thread | at most 0.5 x dlib | not measured |  |"));
  results.peers = mend::CsvTable(test::peers);
  results.scale = mend::CsvTable(test::scale);
  results.compile_time = mend::CsvTable("what,seconds,budget_seconds\nclean build,60,180\n");
  page = speed_page(results);
  EXPECT_TRUE(has(page, "| task3_epoch | dlib | 1 | OpenBLAS | 500 ms | 490 ms to 510 ms | 5.00 | 0.0100 |"));
  EXPECT_TRUE(has(page, "| batch | 1 | 1.0 | 1.0 |"));
  EXPECT_TRUE(has(page, "| clean build | 60.0 s | 180 s |"));
  EXPECT_TRUE(has(page, "| Task 3 epoch, 1 thread | at most 0.5 x dlib | 0.200 | met |"));
}

TEST(SpeedPage, IsWrittenWithItsFigures) {
  const std::filesystem::path docs = std::filesystem::path(testing::TempDir()) / "mend_speed_page";
  std::filesystem::remove_all(docs);
  std::filesystem::create_directories(docs / "results");
  mend::write_file(docs / "results/speed.csv", test::speed);
  mend::write_file(docs / "results/speed_scale.csv", test::scale);
  write_speed_page(docs);
  EXPECT_EQ(mend::read_file(docs / "speed.md"), speed_page(load_results(docs / "results")));
  EXPECT_TRUE(std::filesystem::exists(docs / "results/speed_roofline.svg"));
  EXPECT_TRUE(std::filesystem::exists(docs / "results/speed_scale.svg"));
}
