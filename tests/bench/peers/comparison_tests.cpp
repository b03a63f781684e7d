#include <gtest/gtest.h>

#include <cmath>

#include "mend/tensor/error.hpp"
#include "peers/comparison.hpp"

namespace {

using peers::Sample;

Sample sample(const std::string& peer, std::size_t round, double seconds,
              std::map<std::size_t, double> losses = {}) {
  Sample s;
  s.job = "task3_epoch";
  s.peer = peer;
  s.round = round;
  s.blas = "some BLAS";
  s.seconds = seconds;
  s.losses = std::move(losses);
  return s;
}

TEST(Median, IsTheMiddleOneOrTheMeanOfTwo) {
  EXPECT_EQ(peers::median({3, 1, 100}), 3);
  EXPECT_EQ(peers::median({4, 1, 100, 2}), 3);
  EXPECT_EQ(peers::median({7}), 7);
  EXPECT_THROW(peers::median({}), mend::Error);
}

TEST(ReadSamples, TakesTheMedianOfAllStepsButTheFirst) {
  const auto samples = peers::read_samples(
      "job,step,seconds,loss,blas\n"
      "task3_epoch,1,9,0.5,\"OpenBLAS, Haswell\"\n"
      "task3_epoch,2,2,0.25,\"OpenBLAS, Haswell\"\n"
      "task3_epoch,3,4,0.125,\"OpenBLAS, Haswell\"\n"
      "restore_1,1,0.5,,\"OpenBLAS, Haswell\"\n",
      "torch", 2, 3);
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].job, "task3_epoch");
  EXPECT_EQ(samples[0].peer, "torch");
  EXPECT_EQ(samples[0].threads, 2u);
  EXPECT_EQ(samples[0].round, 3u);
  EXPECT_EQ(samples[0].blas, "OpenBLAS, Haswell");
  EXPECT_EQ(samples[0].seconds, 3);
  EXPECT_EQ(samples[0].losses, (std::map<std::size_t, double>{{1, 0.5}, {2, 0.25}, {3, 0.125}}));
  EXPECT_EQ(samples[1].seconds, 0.5);  // a single step is all there is
  EXPECT_TRUE(samples[1].losses.empty());
}

TEST(ReadSamples, RefusesWhatIsNoSuchTable) {
  EXPECT_THROW(peers::read_samples("job,step,seconds,loss,blas\n", "torch", 1, 1), mend::Error);
  EXPECT_THROW(peers::read_samples("Segmentation fault\n", "torch", 1, 1), mend::Error);
}

// The machine is slow in round 2 and slower in round 3: medians of all times hide that mend takes half as long each
// time, ratios within rounds do not.
TEST(Compare, RatiosArePairedByRound) {
  const auto rows = peers::compare(
      {sample("mend", 1, 1), sample("torch", 1, 2), sample("mend", 2, 4), sample("torch", 2, 8),
       sample("mend", 3, 30), sample("torch", 3, 60), sample("torch", 4, 9)},
      "mend");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].peer, "mend");
  EXPECT_EQ(rows[0].ratio, 1);
  EXPECT_EQ(rows[1].peer, "torch");
  EXPECT_EQ(rows[1].ratio, 2);
  EXPECT_EQ(rows[1].median_ms, 8500);
  EXPECT_EQ(rows[1].low_ms, 2000);
  EXPECT_EQ(rows[1].high_ms, 60000);
}

TEST(Compare, KeepsJobsAndThreadsApart) {
  Sample other_job = sample("mend", 1, 1), other_threads = sample("torch", 1, 5);
  other_job.job = "task2_epoch";
  other_threads.threads = 2;
  const auto rows = peers::compare({other_job, sample("torch", 1, 4), other_threads}, "mend");
  ASSERT_EQ(rows.size(), 3u);
  for (const peers::Row& row : rows) EXPECT_EQ(std::isnan(row.ratio), row.peer == "torch") << row.job;
}

TEST(LossComplaints, AreNoneWhereAllDidTheSameJob) {
  EXPECT_TRUE(peers::loss_complaints(
                  {sample("mend", 1, 1, {{1, 0.5}, {2, 0.1}}), sample("torch", 1, 1, {{2, 0.1019}}),
                   sample("tiny-dnn", 1, 1, {{1, 0.495}}), sample("sgemm", 1, 1)},
                  "mend", 0.02)
                  .empty());
}

TEST(LossComplaints, NameWhoDidAnotherJob) {
  const Sample mend = sample("mend", 1, 1, {{1, 0.5}, {2, 0.1}});
  const auto complaints_about = [&](const Sample& other) {
    const auto complaints = peers::loss_complaints({mend, other}, "mend", 0.02);
    return complaints.size() == 1 ? complaints[0] : std::to_string(complaints.size()) + " complaints";
  };
  EXPECT_NE(complaints_about(sample("torch", 1, 1, {{2, 0.1021}})).find("torch, task3_epoch"),
            std::string::npos);
  EXPECT_NE(complaints_about(sample("torch", 1, 1, {{2, 0.0979}})).find("2 %"), std::string::npos);
  EXPECT_NE(complaints_about(sample("torch", 1, 1, {{2, std::nan("")}})).find("nan"), std::string::npos);
  EXPECT_NE(complaints_about(sample("torch", 1, 1, {{3, 0.1}})).find("none to compare"), std::string::npos);
  EXPECT_NE(complaints_about(sample("torch", 2, 1, {{2, 0.1}})).find("none to compare"), std::string::npos);
}

TEST(ToCsv, HoldsWhatOthersRead) {
  const auto rows =
      peers::compare({sample("mend", 1, 0.25, {{4, 0.125}}), sample("sgemm", 1, 0.125)}, "mend");
  EXPECT_EQ(peers::to_csv(rows).text(),
            "job,peer,threads,blas,median_ms,low_ms,high_ms,ratio,final_loss,epochs\n"
            "task3_epoch,mend,1,some BLAS,250,250,250,1,0.125,4\n"
            "task3_epoch,sgemm,1,some BLAS,125,125,125,0.5,,0\n");
}

}  // namespace
