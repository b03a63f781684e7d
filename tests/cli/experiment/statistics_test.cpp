#include "cli/experiment/statistics.hpp"

#include <cmath>

#include "mend/tensor/error.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

constexpr std::size_t rows = 2, draws = 3, images = 400;

// Every measure of image n in row r is (r + 1) (1 + noise of the image) factor, the same in each draw.
Measurements measurements(double factor, std::uint64_t noise_of) {
  Measurements m(rows, draws, images);
  Random random(noise_of, "images");
  std::vector<double> noise;
  for (std::size_t n = 0; n < images; ++n) noise.push_back(random.uniform(-0.5, 0.5));
  for (const Measure measure : all_measures)
    for (std::size_t i = 0; i < m.of(measure).size(); ++i)
      m.of(measure)[i] = static_cast<float>(factor * (1 + noise[i % images]) *
                                            static_cast<double>(i / (draws * images) + 1));
  return m;
}

Statistics two_models() {
  Statistics s({"small", "large"}, images, 2000);
  s.add("one", {measurements(1, 1)});
  s.add("double", {measurements(2, 1)});
  return s;
}

}  // namespace

TEST(Statistics, MeansAreThoseOfTheImages) {
  const Statistics s = two_models();
  const Tensor<double> mean = measurements(1, 1).mean_over_draws(Measure::hole);
  double expected = 0;
  for (std::size_t n = 0; n < images; ++n) expected += mean(1, n) / images;
  EXPECT_NEAR(s.of("one", "large", Measure::hole).estimate, expected, 1e-9);
}

TEST(Statistics, AnIntervalHasTheWidthOfTheStandardError) {
  const Interval i = two_models().of("one", "small", Measure::composite);
  const double standard_error =
      std::sqrt(1.0 / 12 / images);  // of noise that is uniform on an interval of length 1
  EXPECT_LT(i.low, i.estimate);
  EXPECT_LT(i.estimate, i.high);
  EXPECT_NEAR(i.high - i.low, 2 * 1.96 * standard_error, 0.2 * 2 * 1.96 * standard_error);
}

TEST(Statistics, PairsTheImagesOfTwoModels) {
  const Statistics s = two_models();
  const Interval ratio = s.ratio("double", "one", "small");  // exactly 2 in every resample
  EXPECT_NEAR(ratio.estimate, 2, 1e-5);
  EXPECT_NEAR(ratio.low, 2, 1e-5);
  EXPECT_NEAR(ratio.high, 2, 1e-5);
  EXPECT_NEAR(s.geometric_mean_ratio("double", "one").high, 2, 1e-5);
  const Interval difference = s.difference("one", "double", "large", Measure::composite);
  EXPECT_LT(difference.high, 0);
  EXPECT_NEAR(difference.estimate, -s.of("one", "large", Measure::composite).estimate, 1e-5);
}

TEST(Statistics, ComparesOneMeasureWithAnother) {
  const Interval d = two_models().difference("double", Measure::whole, "one", Measure::composite, "small");
  EXPECT_NEAR(d.estimate, two_models().of("one", "small", Measure::hole).estimate, 1e-5);
  EXPECT_GT(d.low, 0);
}

TEST(Statistics, FunctionsOfAllRowsHaveIntervalsToo) {
  const Statistics s = two_models();
  const Interval quotient = s.functional(
      "one", Measure::whole, [](const std::vector<double>& means) { return means[1] / means[0]; });
  EXPECT_NEAR(quotient.low, 2, 1e-5);
  EXPECT_NEAR(quotient.high, 2, 1e-5);
}

TEST(Statistics, SeedsThatDifferWidenTheInterval) {
  Statistics s({"small", "large"}, images, 2000);
  s.add("steady", {measurements(1, 1), measurements(1, 1), measurements(1, 1)});
  s.add("varying", {measurements(0.5, 1), measurements(1, 1), measurements(1.5, 1)});
  const Interval steady = s.of("steady", "small", Measure::composite),
                 varying = s.of("varying", "small", Measure::composite);
  EXPECT_NEAR(steady.estimate, varying.estimate, 1e-6);
  EXPECT_GT(varying.high - varying.low, 5 * (steady.high - steady.low));
  EXPECT_EQ(s.seeds("varying"), 3u);
  EXPECT_NEAR(s.spread("varying", "small").over_seeds, 0.5 * steady.estimate, 1e-3);
  EXPECT_NEAR(s.spread("varying", "small").over_draws, 0, 1e-9);
  EXPECT_NEAR(s.spread("steady", "small").over_seeds, 0, 1e-9);
}

TEST(Statistics, SaysWhatIsMissing) {
  Statistics s = two_models();
  EXPECT_EQ(message_of<Error>([&] { s.of("three", "small", Measure::hole); }),
            "Statistics: there is no model 'three'");
  EXPECT_EQ(message_of<Error>([&] { s.of("one", "middle", Measure::hole); }),
            "Statistics: there is no row 'middle'");
  EXPECT_EQ(message_of<Error>([&] { s.add("none", {}); }),
            "Statistics: 'none' comes without measurements; expected one a seed");
  EXPECT_EQ(message_of<ShapeError>([&] { s.add("other", {Measurements(3, draws, images)}); }),
            "Statistics: 'other' has measurements (3, 3, 400), expected (2, draws, images) and the same for "
            "every seed");
}

TEST(Statistics, WritesALineForEachRowModelAndMeasure) {
  const CsvTable table(two_models().csv().text());
  EXPECT_EQ(table.rows(), rows * 2 * std::size(all_measures));
  EXPECT_EQ(table.cell(0, "row"), "small");
  EXPECT_EQ(table.cell(0, "model"), "one");
  EXPECT_EQ(table.cell(0, "measure"), "composite");
  EXPECT_LT(table.number(0, "low"), table.number(0, "estimate"));
}
