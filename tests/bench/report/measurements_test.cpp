#include "report/measurements.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "bench/report/results_fixture.hpp"
#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace bench;

TEST(Measurements, ABenchmarkIsTheMedianOfItsRepetitions) {
  const auto m = Measurements::from_json(test::json).of("layers/relu/forward");
  EXPECT_EQ(m.seconds, 2e-6);
  EXPECT_EQ(m.low, 1e-6);
  EXPECT_EQ(m.high, 3e-6);
  EXPECT_EQ(m.gflops(), 2);
  EXPECT_EQ(m.gbytes(), 16);
  EXPECT_EQ(m.intensity(), 0.125);
  EXPECT_TRUE(std::isnan(m.x_sgemm)) << "it has no products";
}

TEST(Measurements, NamesAreSortedAndDoNotSayHowTimeWasTaken) {
  const auto all = Measurements::from_json(test::json);
  std::vector<std::string> names;
  for (const Measurement& m : all.all()) names.push_back(m.name);
  EXPECT_EQ(names, (std::vector<std::string>{"layers/relu/forward",
                                             "training/epoch/task3/kernels:openblas/threads:1",
                                             "training/same_bits"}));
}

TEST(Measurements, NumbersKeepFourDigits) {
  const auto all = Measurements::from_json(test::json);
  EXPECT_EQ(all.of("training/epoch/task3/kernels:openblas/threads:1").x_sgemm, 1.235);
  EXPECT_EQ(all.of("training/same_bits").value, 1);
}

TEST(Measurements, TheTableReadsBackAsItWasWritten) {
  const auto first = Measurements::from_json(test::json);
  const std::string text = first.csv().text();
  const auto second = Measurements::from_csv(mend::CsvTable(text));
  EXPECT_EQ(second.csv().text(), text);
  EXPECT_EQ(second.about("processor"), "Abacus");
  EXPECT_EQ(second.about("num_cpus"), "2");
  EXPECT_EQ(second.about("weather"), "unknown");
  EXPECT_EQ(second.all().size(), 3u);
}

TEST(Measurements, WhatIsNotThereIsNotANumber) {
  EXPECT_TRUE(std::isnan(Measurements::from_json(test::json).of("layers/dense").seconds));
  EXPECT_EQ(Measurements::from_json(test::json).starting("training/").size(), 2u);
}

TEST(Measurements, ErrorsSayWhatWasExpected) {
  const auto message = [](const std::string& json) {
    return message_of<mend::Error>([&] { Measurements::from_json(json); });
  };
  EXPECT_TRUE(message("nonsense").starts_with("expected the JSON that mend_bench --benchmark_out writes: "));
  EXPECT_TRUE(message(R"({"context": {}, "benchmarks": []})").starts_with("the results hold no benchmark"));
  EXPECT_EQ(
      message(
          R"({"context": {}, "benchmarks": [{"run_name": "a/b", "error_occurred": true, "error_message": "no"}]})"),
      "benchmark a/b failed: no");
}
