#include "mend/training/progress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

using namespace mend;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// What is on the screen: the text after the last return to the start of the line.
std::string shown(const std::ostringstream& out) {
  const std::string text = out.str();
  return text.substr(text.rfind('\r') + 1);
}

std::size_t draws(const std::ostringstream& out) {
  const std::string text = out.str();
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\r'));
}

}  // namespace

TEST(ProgressBar, ShowsEpochShareLossSpeedAndTimeToCome) {
  std::ostringstream out;
  double now = 100;
  ProgressBar bar(out, true, 1, 4, [&] { return now; });
  now = 130;  // half an epoch took 30 seconds: one takes 60, and three and a half are to come
  bar.update(1, 0.5, 0.0123456);
  EXPECT_EQ(shown(out), "epoch 1/4 [=============>            ]  50%  loss 0.01235  60 s/epoch  ETA 3:30");
}

TEST(ProgressBar, ShowsTheLastValidationLoss) {
  std::ostringstream out;
  double now = 0;
  ProgressBar bar(out, true, 1, 3, [&] { return now; });
  now = 1;
  bar.finish_epoch({1, 0.5, 0.25, 1e-3});
  EXPECT_NE(shown(out).find("epoch 1/3"), std::string::npos);
  EXPECT_NE(shown(out).find("100%  loss 0.5  val 0.25  1 s/epoch  ETA 0:02"), std::string::npos);
  now = 1.5;
  bar.update(2, 0.5, 0.4);
  EXPECT_NE(shown(out).find("loss 0.4  val 0.25"), std::string::npos);
}

TEST(ProgressBar, CountsOnlyTheEpochsOfThisRun) {
  std::ostringstream out;
  double now = 0;
  ProgressBar bar(out, true, 41, 50, [&] { return now; });
  now = 2;
  bar.finish_epoch({41, 0.5, none, 1e-3});
  EXPECT_NE(shown(out).find("epoch 41/50"), std::string::npos);
  EXPECT_NE(shown(out).find("2 s/epoch  ETA 0:18"), std::string::npos);
}

TEST(ProgressBar, LeavesOutWhatItDoesNotKnowYet) {
  std::ostringstream out;
  ProgressBar bar(out, true, 1, 2, [] { return 0.0; });
  bar.update(1, 0, 0.5);
  EXPECT_EQ(shown(out).find("ETA"), std::string::npos);
  EXPECT_EQ(shown(out).find("val"), std::string::npos);
}

TEST(ProgressBar, WritesHours) {
  std::ostringstream out;
  double now = 0;
  ProgressBar bar(out, true, 1, 3, [&] { return now; });
  now = 3750;
  bar.finish_epoch({1, 0.5, none, 1e-3});
  EXPECT_NE(shown(out).find("ETA 2:05:00"), std::string::npos);
}

TEST(ProgressBar, FitsInto80ColumnsAndCoversTheLineBefore) {
  std::ostringstream out;
  double now = 0;
  {
    ProgressBar bar(out, true, 1, 100000, [&] { return now; });
    for (std::size_t epoch = 1; epoch <= 100000; epoch += 99) {
      now += 123456.789;
      bar.finish_epoch({epoch, -1.2345678e-200, -1.2345678e-200, 1});
    }
  }
  std::istringstream lines(out.str());
  std::string line;
  std::getline(lines, line, '\r');
  EXPECT_EQ(line, "");
  while (std::getline(lines, line, '\r')) EXPECT_EQ(line.substr(0, line.find('\n')).size(), 79u) << line;
}

TEST(ProgressBar, DrawsAtMostTenTimesASecondButAlwaysTheEnd) {
  std::ostringstream out;
  double now = 0;
  ProgressBar bar(out, true, 1, 1, [&] { return now; });
  for (int i = 0; i < 1000; ++i) {
    now += 0.001;
    bar.update(1, i / 1000.0, 0.5);
  }
  EXPECT_GE(draws(out), 9u);
  EXPECT_LE(draws(out), 11u);
  bar.finish_epoch({1, 0.125, none, 1});
  EXPECT_NE(shown(out).find("100%  loss 0.125"), std::string::npos);
}

TEST(ProgressBar, EndsItsLineOnceAndOnlyWhenItBeganOne) {
  std::ostringstream out;
  { ProgressBar bar(out, true, 1, 1); }
  EXPECT_EQ(out.str(), "");
  {
    ProgressBar bar(out, true, 1, 1);
    bar.finish_epoch({1, 0.5, none, 1});
  }
  EXPECT_EQ(out.str().find('\n'), out.str().size() - 1);
}

TEST(ProgressBar, WritesNothingWhereThereIsNoTerminal) {
  std::ostringstream out;
  {
    ProgressBar bar(out, false, 1, 2);
    bar.update(1, 0.5, 0.5);
    bar.finish_epoch({1, 0.5, none, 1});
    bar.finish_epoch({2, 0.5, none, 1});
  }
  EXPECT_EQ(out.str(), "");
}
