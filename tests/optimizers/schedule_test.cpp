#include "mend/optimizers/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "mend/tensor/error.hpp"

using namespace mend;

namespace {

std::vector<double> first(std::size_t epochs, const Schedule& schedule) {
  std::vector<double> factors;
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) factors.push_back(schedule(epoch));
  return factors;
}

std::vector<double> observe(PlateauSchedule schedule, const std::vector<double>& losses) {
  std::vector<double> factors;
  for (const double loss : losses) factors.push_back(schedule.observe(loss));
  return factors;
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST(Schedule, Constant) { EXPECT_EQ(first(3, constant_schedule()), (std::vector<double>{1, 1, 1})); }

TEST(Schedule, Step) {
  EXPECT_EQ(first(7, step_schedule(3, 0.5)), (std::vector<double>{1, 1, 1, 0.5, 0.5, 0.5, 0.25}));
}

// cos(pi / 3) = 1/2, so of six epochs the second third ends at a quarter: (1 + cos(2 pi / 3)) / 2.
TEST(Schedule, Cosine) {
  const std::vector<double> factors = first(9, cosine_schedule(6));
  EXPECT_EQ(factors[0], 1);
  EXPECT_NEAR(factors[2], 0.75, 1e-15);
  EXPECT_NEAR(factors[3], 0.5, 1e-15);
  EXPECT_NEAR(factors[4], 0.25, 1e-15);
  for (const std::size_t epoch : {6, 7, 8}) EXPECT_EQ(factors[epoch], 0);
}

TEST(Schedule, CosineEndsAtItsFloor) {
  const Schedule schedule = cosine_schedule(4, 0.2);
  EXPECT_EQ(schedule(0), 1);
  EXPECT_NEAR(schedule(2), 0.6, 1e-15);
  EXPECT_GT(schedule(3), 0.2);
  EXPECT_EQ(schedule(4), 0.2);
  EXPECT_EQ(schedule(1000), 0.2);
}

TEST(Schedule, WarmupRisesThenFollowsAnother) {
  EXPECT_EQ(first(6, warmup_schedule(4)), (std::vector<double>{0.25, 0.5, 0.75, 1, 1, 1}));
  EXPECT_EQ(first(6, warmup_schedule(2, step_schedule(1, 0.5))),
            (std::vector<double>{0.5, 1, 1, 0.5, 0.25, 0.125}));
  EXPECT_EQ(first(2, warmup_schedule(0, step_schedule(1, 0.5))), (std::vector<double>{1, 0.5}));
}

// Two epochs without progress are borne, the third lowers the rate; then it counts anew.
TEST(Schedule, PlateauWaitsForItsPatienceToEnd) {
  EXPECT_EQ(observe(PlateauSchedule(2, 0.5), {1, 2, 2, 2, 2, 2, 2}),
            (std::vector<double>{1, 1, 1, 0.5, 0.5, 0.5, 0.25}));
  EXPECT_EQ(observe(PlateauSchedule(0, 0.1), {1, 1}), (std::vector<double>{1, 0.1}));
}

TEST(Schedule, PlateauStartsAgainWithEachProgress) {
  EXPECT_EQ(observe(PlateauSchedule(1, 0.5), {5, 5, 4, 4, 3, 3, 3}),
            (std::vector<double>{1, 1, 1, 1, 1, 1, 0.5}));
}

// Progress is measured against the best loss, in shares of it: also where that is negative.
TEST(Schedule, PlateauAsksForEnoughProgress) {
  EXPECT_EQ(observe(PlateauSchedule(0, 0.5, 0.1), {100, 91}), (std::vector<double>{1, 0.5}));
  EXPECT_EQ(observe(PlateauSchedule(0, 0.5, 0.1), {100, 89}), (std::vector<double>{1, 1}));
  EXPECT_EQ(observe(PlateauSchedule(0, 0.5, 0.1), {-100, -109}), (std::vector<double>{1, 0.5}));
  EXPECT_EQ(observe(PlateauSchedule(0, 0.5, 0.1), {-100, -111}), (std::vector<double>{1, 1}));
}

TEST(Schedule, PlateauTakesNanForNoProgress) {
  EXPECT_EQ(observe(PlateauSchedule(0, 0.5), {not_a_number, 1, not_a_number}),
            (std::vector<double>{0.5, 0.5, 0.25}));
}

TEST(Schedule, RefusesWhatMakesNoSense) {
  EXPECT_THROW(step_schedule(0, 0.5), Error);
  EXPECT_THROW(step_schedule(1, 0), Error);
  EXPECT_THROW(step_schedule(1, not_a_number), Error);
  EXPECT_THROW(cosine_schedule(0), Error);
  EXPECT_THROW(cosine_schedule(5, -0.1), Error);
  EXPECT_THROW(cosine_schedule(5, 1.1), Error);
  EXPECT_THROW(warmup_schedule(3, Schedule()), Error);
  EXPECT_THROW(PlateauSchedule(5, 0), Error);
  EXPECT_THROW(PlateauSchedule(5, 1), Error);
  EXPECT_THROW(PlateauSchedule(5, 0.5, -1), Error);
  EXPECT_THROW(PlateauSchedule(5, 0.5, 1), Error);
}
