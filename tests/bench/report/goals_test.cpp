#include "report/goals.hpp"

#include <gtest/gtest.h>

#include "bench/report/results_fixture.hpp"

using namespace bench;

namespace {

Results results(bool with_peers) {
  Results all{Measurements::from_csv(mend::CsvTable(test::speed))};
  if (with_peers) all.peers = mend::CsvTable(test::peers);
  return all;
}

// "found verdict" of the goal that has these words.
std::string outcome(const Results& all, const std::string& job, const std::string& unit) {
  for (const Goal& goal : goals(all))
    if (goal.job.find(job) != std::string::npos && goal.goal().find(unit) != std::string::npos)
      return goal.found() + " " + goal.verdict();
  return "no such goal";
}

}  // namespace

TEST(Goals, OurOwnFiguresComeFromMendBench) {
  const Results all = results(false);
  EXPECT_EQ(outcome(all, "1 thread, OpenBLAS", "products"), "1.25 **missed**");
  EXPECT_EQ(outcome(all, "own kernel", "products"), "1.01 met");
  EXPECT_EQ(outcome(all, "2 threads", "same bits"), "yes met");
  EXPECT_EQ(outcome(all, "blocks of memory", "0"), "0 met");
}

TEST(Goals, OthersComeFromPeersOurTimeOverTheirs) {
  const Results all = results(true);
  EXPECT_EQ(outcome(all, "1 thread, OpenBLAS", "PyTorch"), "0.600 met") << "1.2 of mend over 2.0 of torch";
  EXPECT_EQ(outcome(all, "own kernel", "PyTorch"), "0.500 met");
  EXPECT_EQ(outcome(all, "2 threads", "PyTorch"), "0.286 met")
      << "torch is at its best with one thread: 60 / 210";
  EXPECT_EQ(outcome(all, "epoch, 1 thread", "dlib"), "0.200 met");
  EXPECT_EQ(outcome(all, "fresh start", "10 s"), "9.00 met");
}

TEST(Goals, WhatNobodyMeasuredIsNeitherMetNorMissed) {
  EXPECT_EQ(outcome(results(true), "epoch, 1 thread", "tiny-dnn"), "not measured ");
  EXPECT_EQ(outcome(results(false), "own kernel", "PyTorch"), "not measured ");
}

TEST(Goals, AYesOrNoIsMissedByNo) {
  const Goal goal{"job", "the same bits", 1, 0, true};
  EXPECT_EQ(goal.found(), "no");
  EXPECT_FALSE(goal.met());
}
