#include "mend/check/doctor.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "mend/check/gradient_check.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

namespace {

const Shape shape{5, 3};

Tensor<double> truth() {
  Random random(1);
  return random_normal(shape, random);
}

// What the doctor says of a whole (5, 3) gradient, for a loss of a batch of 7 rows with 4 columns.
Diagnosis diagnose(const Tensor<double>& analytic, std::vector<Suspect> suspects = {}) {
  return mend::diagnose({shape,
                         all_coordinates(shape),
                         analytic.reshaped({15}),
                         truth().reshaped({15}),
                         7,
                         4,
                         true,
                         {},
                         std::move(suspects)});
}

void expect_diagnosis(const Tensor<double>& analytic, Cause cause, const std::string& sentence) {
  const Diagnosis found = diagnose(analytic);
  EXPECT_STREQ(name_of(found.cause), name_of(cause));
  EXPECT_EQ(found.sentence, sentence);
}

// The true gradient with some entries set to 100.
Tensor<double> wrong_at(const Coordinates& wrong) {
  Tensor<double> gradient = truth();
  for (const std::size_t i : wrong) gradient[i] = 100;
  return gradient;
}

}  // namespace

TEST(Doctor, OfAGradientThatWasNeverSet) {
  expect_diagnosis(Tensor<double>(shape), Cause::zero,
                   "it is zero everywhere, as if backward had never set it");
}

TEST(Doctor, OfOneFactor) {
  expect_diagnosis(truth() * -1, Cause::sign, "every entry has the wrong sign");
  expect_diagnosis(truth() * 2, Cause::twice,
                   "every entry is twice what it should be: a factor 2 or a sum too many");
  expect_diagnosis(truth() * 0.5, Cause::half,
                   "every entry is half of what it should be: the 2 from the slope of a square is missing");
  expect_diagnosis(truth() * 7, Cause::times_n,
                   "every entry is 7 times what it should be, and the batch has that many rows");
  expect_diagnosis(truth() * (1.0 / 7), Cause::over_n,
                   "every entry is 1/7 of what it should be, and the batch has that many rows");
  expect_diagnosis(truth() * 4, Cause::times_d,
                   "every entry is 4 times what it should be, and y has that many columns");
  expect_diagnosis(truth() * 28, Cause::times_size,
                   "every entry is 28 times what it should be, and y has that many entries");
  EXPECT_EQ(diagnose(truth() * 0.25).cause, Cause::over_d);
  EXPECT_EQ(diagnose(truth() * (1.0 / 28)).cause, Cause::over_size);
  expect_diagnosis(truth() * 1.001, Cause::constant_factor, "every entry is 1.001 times what it should be");
  expect_diagnosis(truth() * -3, Cause::constant_factor, "every entry is -3 times what it should be");
  expect_diagnosis(truth() * (1.0 / 3), Cause::constant_factor, "every entry is 1/3 of what it should be");
}

TEST(Doctor, OfATransposedProduct) {
  expect_diagnosis(
      transpose(truth()).reshaped(shape), Cause::transposed,
      "its entries are those of the transposed gradient: the factors of a product are in the wrong order");
}

TEST(Doctor, OfAnOffset) {
  expect_diagnosis(truth() + Tensor<double>(shape, 0.5), Cause::offset, "every entry is off by the same 0.5");
}

TEST(Doctor, NamesTheOnlyWrongEntry) {
  const Diagnosis found = diagnose(wrong_at({14}));
  EXPECT_EQ(found.cause, Cause::one_coordinate);
  EXPECT_EQ(found.sentence, "only one entry is wrong: (4, 2) is 100 instead of " + say(truth()[14]));
}

TEST(Doctor, NamesTheBorderThatIsWrong) {
  const std::vector<std::pair<Coordinates, std::string>> borders{{{0, 1, 2}, "at the first index of axis 0"},
                                                                 {{12, 14}, "at the last index of axis 0"},
                                                                 {{0, 6, 9}, "at the first index of axis 1"},
                                                                 {{2, 5}, "at the last index of axis 1"}};
  for (const auto& [wrong, where] : borders) {
    const Diagnosis found = diagnose(wrong_at(wrong));
    EXPECT_EQ(found.cause, Cause::border) << where;
    EXPECT_NE(found.sentence.find(where + "; at worst ("), std::string::npos) << found.sentence;
  }
}

TEST(Doctor, OtherwiseTellsHowManyAreWrongAndTheWorst) {
  Tensor<double> some = wrong_at({3, 7});
  some[7] = -1000;
  const Diagnosis found = diagnose(some);
  EXPECT_EQ(found.cause, Cause::some_coordinates);
  EXPECT_EQ(found.sentence,
            "2 of 15 entries are wrong; at worst (2, 1) is -1000 instead of " + say(truth()[7]));
  Random random(9);
  EXPECT_EQ(diagnose(random_normal(shape, random)).cause, Cause::different);
}

TEST(Doctor, FindsNaNFirst) {
  Tensor<double> bad = wrong_at({3});
  bad[8] = bad[9] = std::numeric_limits<double>::quiet_NaN();
  expect_diagnosis(bad, Cause::not_finite, "(2, 2) is nan, the first of 2 such entries");
}

// A suspect is believed when the gradient is the one that its mistake would give; those after it are not asked.

TEST(Doctor, BelievesASuspectThatFits) {
  Random random(9);
  const Tensor<double> other = random_normal(shape, random);
  const auto gives = [](const Tensor<double>& g) { return [g] { return g.reshaped({15}); }; };
  const auto never = []() -> Tensor<double> { throw Error("was asked"); };
  EXPECT_EQ(diagnose(other, {{Cause::stale, "", gives(truth())}}).cause, Cause::different);
  EXPECT_EQ(diagnose(other, {{Cause::stale, "", gives(other)}, {Cause::kink, "", never}}).cause,
            Cause::stale);
  EXPECT_EQ(diagnose(truth() * 2, {{Cause::stale, "", never}}).cause, Cause::twice)
      << "a factor with a reason";
  EXPECT_EQ(diagnose(truth() * 3, {{Cause::stale, "", gives(truth() * 3)}}).cause, Cause::stale)
      << "one without";
}

// In a sample only what was compared counts, under its own coordinates.

TEST(Doctor, OfASample) {
  const Coordinates sample{0, 4, 14};
  const Tensor<double> right = gather(truth(), sample), wrong = gather(wrong_at({14}), sample);
  const Diagnosis found = mend::diagnose({shape, sample, wrong, right});
  EXPECT_EQ(found.cause, Cause::one_coordinate);
  EXPECT_NE(found.sentence.find("(4, 2) is 100"), std::string::npos) << found.sentence;
}

TEST(Doctor, RefusesOtherShapes) {
  EXPECT_THROW(mend::diagnose({shape, {0, 1}, Tensor<double>({2}), Tensor<double>({3})}), ShapeError);
  EXPECT_THROW(mend::diagnose({shape, {0, 1}, Tensor<double>({3}), Tensor<double>({3})}), ShapeError);
}

TEST(Doctor, NamesCoordinatesOfAnyRank) {
  EXPECT_EQ(coordinate_name({4}, 3), "(3)");
  EXPECT_EQ(coordinate_name({5, 3}, 14), "(4, 2)");
  EXPECT_EQ(coordinate_name({2, 3, 4, 5}, 119), "(1, 2, 3, 4)");
  EXPECT_EQ(coordinate_name({2, 3, 4, 5}, 27), "(0, 1, 1, 2)");
  EXPECT_THROW(coordinate_name({5, 3}, 15), ShapeError);
}

TEST(Doctor, SaysNumbersShortly) {
  EXPECT_EQ(say(0.25), "0.25");
  EXPECT_EQ(say(1.0 / 3), "0.3333");
  EXPECT_EQ(say(-1.23456e-9), "-1.235e-09");
}

TEST(Doctor, BreaksLinesAt80Columns) {
  const std::string text = paragraph(
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen", 2);
  EXPECT_EQ(text,
            "  one two three four five six seven eight nine ten eleven twelve thirteen\n"
            "    fourteen fifteen sixteen\n");
  EXPECT_EQ(paragraph("short", 0), "short\n");
}
