#include "cli/experiment/measurements.hpp"

#include "files/fresh_folder.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

struct Setting {
  Setting() : digits(stroke_digits(100, 20, 1, {5, 7})), images(to_rows(digits.test)), classifier(train()) {
    for (const std::uint8_t label : digits.test.labels) second.push_back(label == 7);
  }
  Classifier train() const {
    std::vector<std::uint8_t> classes;
    for (const std::uint8_t label : digits.train.labels) classes.push_back(label == 7);
    return Classifier(to_rows(digits.train), classes, 1, 10);
  }
  Exam exam() const {
    return {images,
            second,
            classifier,
            {{"v7", MaskFamily::vertical_stripe, 7}, {"p13", MaskFamily::patch, 13}},
            2};
  }
  Dataset digits;
  Tensor<float> images;
  std::vector<std::uint8_t> second;
  Classifier classifier;
};

const Setting& setting() {
  static const Setting s;
  return s;
}

}  // namespace

TEST(Measure, WhoeverKnowsTheAnswerHasNoError) {
  const Exam exam = setting().exam();
  const Measurements m = measure([&](const Tensor<float>&, const Mask&) { return exam.images; }, exam);
  for (const Measure measure : {Measure::composite, Measure::hole, Measure::whole, Measure::flip})
    for (const float v : m.of(measure)) EXPECT_EQ(v, 0) << to_string(measure);
}

TEST(Measure, IsTheRestorationErrorUnderTheFrozenMasks) {
  const Exam exam = setting().exam();
  const auto half = [](const Tensor<float>& damaged, const Mask&) {
    return Tensor<float>(damaged.shape(), 0.5f);
  };
  const Measurements m = measure(half, exam);
  ASSERT_EQ(m.of(Measure::hole).shape(), Shape({2, 2, exam.images.dim(0)}));
  const Mask mask = frozen_masks(MaskFamily::patch, 13, 1, exam.images.dim(0));
  const auto errors =
      restoration_errors(Tensor<float>(exam.images.shape(), 0.5f), exam.images, mask, Penalty::squared);
  EXPECT_FLOAT_EQ(m.of(Measure::hole)(1, 1, 3), static_cast<float>(errors[3].raw.hole));
  EXPECT_FLOAT_EQ(m.of(Measure::ring)(1, 1, 3), static_cast<float>(errors[3].raw.ring));
  EXPECT_FLOAT_EQ(m.of(Measure::known)(1, 1, 3), static_cast<float>(errors[3].raw.known));
  EXPECT_FLOAT_EQ(m.of(Measure::whole)(1, 1, 3), static_cast<float>(errors[3].raw.whole));
  EXPECT_FLOAT_EQ(m.of(Measure::composite)(1, 1, 3), static_cast<float>(errors[3].composite.whole));
}

TEST(Measure, ReadsTheCompositeNotTheRawOutput) {
  Exam exam = setting().exam();
  exam.rows = {{"p1", MaskFamily::patch, 1}};
  const Measurements m =
      measure([](const Tensor<float>& damaged, const Mask&) { return Tensor<float>(damaged.shape()); }, exam);
  double right = 0;  // all but one pixel are kept, so nearly all can still be read
  for (const float v : m.of(Measure::accuracy)) right += v;
  EXPECT_GT(right / static_cast<double>(m.of(Measure::accuracy).size()), 0.9);
}

TEST(Measurements, AreKeptWithWhatTheyAreOf) {
  const auto folder = fresh_folder();
  const Exam exam = setting().exam();
  const Measurements m = measure([](const Tensor<float>& damaged, const Mask&) { return damaged; }, exam);
  m.save(folder / "m.safetensors", "these");
  EXPECT_TRUE(Measurements::are_in(folder / "m.safetensors", "these"));
  EXPECT_FALSE(Measurements::are_in(folder / "m.safetensors", "others"));
  EXPECT_FALSE(Measurements::are_in(folder / "none.safetensors", "these"));
  const Measurements back = Measurements::load(folder / "m.safetensors");
  for (const Measure measure : all_measures) EXPECT_EQ(back.of(measure), m.of(measure));
  write_file(folder / "broken.safetensors", "no such file");
  EXPECT_FALSE(Measurements::are_in(folder / "broken.safetensors", "these")) << "it is to be measured anew";
}

TEST(Measurements, AverageOverTheDraws) {
  Measurements m(1, 2, 2);
  m.of(Measure::hole) = Tensor<float>({1, 2, 2}, {1, 2, 3, 6});
  EXPECT_EQ(m.mean_over_draws(Measure::hole), Tensor<double>({1, 2}, {2, 4}));
}

TEST(Measure, PassesOnWhatTheRestorerThrows) {
  const Exam exam = setting().exam();
  EXPECT_EQ(message_of<Error>([&] {
              measure([](const Tensor<float>&, const Mask&) -> Tensor<float> { throw Error("no idea"); },
                      exam);
            }),
            "no idea");
}
