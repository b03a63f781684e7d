#include "cli/experiment/gate.hpp"

#include <gtest/gtest.h>

using namespace mend;
using namespace mend::cli;

namespace {

constexpr std::size_t images = 200;

// Two rows; composite and raw error of every image in each, give or take a tenth.
Measurements errors(float composite_1, float composite_2, float raw_1, float raw_2) {
  Measurements m(2, 1, images);
  Random random(1, "images");
  for (std::size_t n = 0; n < images; ++n) {
    const float hardness = static_cast<float>(random.uniform(0.9, 1.1));
    m.of(Measure::composite)(0, 0, n) = hardness * composite_1;
    m.of(Measure::composite)(1, 0, n) = hardness * composite_2;
    m.of(Measure::whole)(0, 0, n) = hardness * raw_1;
    m.of(Measure::whole)(1, 0, n) = hardness * raw_2;
  }
  return m;
}

Experiment experiment() {
  Experiment e;
  e.contestants = {{contestant::mean_fill, false, {}},
                   {contestant::class_mean, false, {}},
                   {contestant::gaussian, false, {}},
                   {"weak network", true, {}},
                   {"strong network", true, {}}};
  e.statistics = std::make_unique<Statistics>(std::vector<std::string>{"small", "large"}, images, 500);
  e.statistics->add(contestant::mean_fill, {errors(4, 8, 4, 8)});
  e.statistics->add(contestant::class_mean, {errors(0, 0, 0, 0)});
  e.statistics->add(contestant::gaussian, {errors(2, 6, 2, 6)});
  e.statistics->add("weak network", {errors(3, 5, 5, 7)});
  e.statistics->add("strong network", {errors(1, 4, 1, 4)});
  return e;
}

}  // namespace

TEST(Gate, CountsRowsWonAndLost) {
  const std::vector<Standing> all = standings(experiment());
  ASSERT_EQ(all.size(), 4u) << "two networks against two baselines; an oracle does not take part";
  const Standing& weak_against_gaussian = all[1];
  EXPECT_EQ(weak_against_gaussian.network, "weak network");
  EXPECT_EQ(weak_against_gaussian.baseline, contestant::gaussian);
  EXPECT_EQ(weak_against_gaussian.wins, 1u);
  EXPECT_EQ(weak_against_gaussian.losses, 1u);
  EXPECT_EQ(weak_against_gaussian.raw_losses, 2u);
  EXPECT_EQ(weak_against_gaussian.rows, 2u);
}

TEST(Gate, SaysToWhomANetworkLoses) {
  EXPECT_EQ(
      gate_sentences(experiment()),
      (std::vector<std::string>{
          "With known pixels kept, the weak network loses to: Gaussian fill (1 of 2 rows).",
          "As it comes out, the weak network loses to: mean fill (1 of 2 rows), Gaussian fill (2 of 2 rows).",
          "With known pixels kept, the strong network loses to no baseline on any row."}));
}

TEST(Gate, NamesTheVictorsOfARow) {
  EXPECT_EQ(beaten_by(experiment(), "weak network", "small"),
            (std::vector<std::string>{contestant::gaussian}));
  EXPECT_TRUE(beaten_by(experiment(), "weak network", "large").empty());
}
