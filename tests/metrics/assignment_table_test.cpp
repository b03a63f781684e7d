#include "mend/metrics/assignment_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "mend/masks/frozen_masks.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;
using enum MaskFamily;

namespace {

Tensor<float> uniform_images(std::size_t n) {
  Random random(1);
  return map(Tensor<float>({n, 784}), [&](float) { return static_cast<float>(random.uniform()); });
}

Tensor<float> leave_black(const Tensor<float>& damaged, const Mask&) { return damaged; }

}  // namespace

TEST(AssignmentRows, AreThoseOfTheAssignment) {
  const std::vector<AssignmentRow>& rows = assignment_rows();
  ASSERT_EQ(rows.size(), 22u);
  const std::size_t stripes[] = {3, 5, 7, 9, 11, 15, 21}, patches[] = {5, 7, 9, 11, 13, 15, 17, 21};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(rows[i].family, vertical_stripe);
    EXPECT_EQ(rows[i].size, stripes[i]);
    EXPECT_EQ(rows[7 + i].family, horizontal_stripe);
    EXPECT_EQ(rows[7 + i].size, stripes[i]);
  }
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(rows[14 + i].family, patch);
    EXPECT_EQ(rows[14 + i].size, patches[i]);
  }
  for (const std::size_t last_of_family : {6, 13, 21}) EXPECT_EQ(rows[last_of_family].label, "Very Poor");
  double stated = 0;  // a slip of one digit would show in the sum
  for (const AssignmentRow& row : rows) stated += row.whole;
  EXPECT_NEAR(stated, 0.1981 + 0.1845 + 0.1991, 1e-12);
  for (std::size_t i = 1; i < 22; ++i)
    EXPECT_EQ(rows[i].whole > rows[i - 1].whole, rows[i].family == rows[i - 1].family);
}

TEST(AssignmentRows, HaveShortNamesThatDiffer) {
  const std::vector<AssignmentRow>& rows = assignment_rows();
  EXPECT_EQ(short_name(rows[0]), "v3");
  EXPECT_EQ(short_name(rows[13]), "h21");
  EXPECT_EQ(short_name(rows[14]), "p5");
  std::set<std::string> names;
  for (const AssignmentRow& row : rows) names.insert(short_name(row));
  EXPECT_EQ(names.size(), rows.size());
}

TEST(QualityLabel, ChangesAtTheThresholds) {
  EXPECT_EQ(quality_label(0), "Good");
  EXPECT_EQ(quality_label(std::nextafter(0.02, 0)), "Good");
  EXPECT_EQ(quality_label(0.02), "Acceptable");
  EXPECT_EQ(quality_label(std::nextafter(0.04, 0)), "Acceptable");
  EXPECT_EQ(quality_label(0.04), "Poor");
  EXPECT_EQ(quality_label(std::nan("")), "Poor");
}

// "Very Poor" has no threshold of its own and counts as "Poor".
TEST(QualityLabel, ContradictsFiveOfTheStatedOnes) {
  std::vector<std::string> broken;
  for (const AssignmentRow& row : assignment_rows()) {
    const std::string stated = row.label == "Very Poor" ? "Poor" : row.label;
    if (stated != quality_label(row.whole))
      broken.push_back(to_string(row.family) + " " + std::to_string(row.size));
  }
  EXPECT_EQ(broken, (std::vector<std::string>{"vertical stripe 7", "horizontal stripe 7",
                                              "horizontal stripe 15", "patch 11", "patch 17"}));
}

TEST(MeasureTable, GivesZeroToAnOracle) {
  const Tensor<float> images = uniform_images(5);
  const std::vector<TableRow> table =
      measure_table([&](const Tensor<float>&, const Mask&) { return images; }, images, 2);
  ASSERT_EQ(table.size(), 22u);
  for (const TableRow& row : table) {
    EXPECT_EQ(row.error.raw.whole, 0);
    EXPECT_EQ(row.error.raw.hole, 0);
    EXPECT_EQ(row.error.raw.ring, 0);
    EXPECT_EQ(row.error.raw.known, 0);
    EXPECT_EQ(row.error.composite.whole, 0);
  }
}

// White images: what is missing is missing by 1, so the error of black holes is their share.
TEST(MeasureTable, GivesTheMaskedShareToBlackHolesInWhiteImages) {
  const std::vector<TableRow> table = measure_table(leave_black, Tensor<float>({4, 784}, 1.0f), 3);
  for (std::size_t i = 0; i < 22; ++i) {
    const AssignmentRow& stated = assignment_rows()[i];
    const double area = static_cast<double>(stated.size * (stated.family == patch ? stated.size : 28));
    EXPECT_EQ(table[i].stated.family, stated.family);
    EXPECT_EQ(table[i].stated.size, stated.size);
    EXPECT_NEAR(table[i].masked_share, area / 784, 1e-15);
    EXPECT_NEAR(table[i].error.raw.whole, area / 784, 1e-15);
    EXPECT_NEAR(table[i].error.composite.whole, area / 784, 1e-15);
    EXPECT_NEAR(table[i].error.raw.hole, 1, 1e-15);
    EXPECT_NEAR(table[i].error.composite.hole, 1, 1e-15);
    EXPECT_EQ(table[i].error.raw.known, 0);
  }
}

// A grey of 1/4 added to everything costs 1/16 on the known pixels, and so on the ring; the composite has no such cost.
TEST(MeasureTable, KeepsRawAndCompositeApart) {
  const auto add_grey = [](const Tensor<float>& damaged, const Mask&) {
    return map(damaged, [](float pixel) { return pixel + 0.25f; });
  };
  for (const TableRow& row : measure_table(add_grey, Tensor<float>({4, 784}), 2)) {
    EXPECT_NEAR(row.error.raw.known, 0.0625, 1e-15);
    EXPECT_NEAR(row.error.raw.ring, 0.0625, 1e-15);
    EXPECT_EQ(row.error.composite.known, 0);
    EXPECT_EQ(row.error.composite.ring, 0);
    EXPECT_NEAR(row.error.composite.whole, 0.0625 * row.masked_share, 1e-15);
  }
}

// What leaving the hole black costs is the ink in it: the mean of its squares. The masks that the restorer
// saw say where.
TEST(MeasureTable, GivesTheInkUnderTheMaskToBlackHoles) {
  const Tensor<float> images = uniform_images(6);
  const std::size_t draws = 2;
  std::vector<double> ink;
  const auto restore = [&](const Tensor<float>& damaged, const Mask& mask) {
    double squares = 0, pixels = 0;
    for (std::size_t i = 0; i < images.size(); ++i)
      if (mask.hole()[i] != 0) {
        EXPECT_EQ(damaged[i], 0);
        squares += static_cast<double>(images[i]) * images[i];
        pixels += 1;
      }
    ink.push_back(squares / pixels);
    return damaged;
  };
  const std::vector<TableRow> table = measure_table(restore, images, draws);
  ASSERT_EQ(ink.size(), 22 * draws);
  for (std::size_t i = 0; i < 22; ++i)
    EXPECT_NEAR(table[i].error.raw.hole, (ink[2 * i] + ink[2 * i + 1]) / 2, 1e-14);
}

TEST(MeasureTable, ShowsAllRestorersTheSameMasks) {
  const Tensor<float> images = uniform_images(8);
  const auto masks_seen = [&](const auto& answer) {
    std::vector<Tensor<float>> seen;
    measure_table(
        [&](const Tensor<float>& damaged, const Mask& mask) {
          seen.push_back(mask.hole());
          return answer(damaged);
        },
        images, 2);
    return seen;
  };
  Random noise(2);  // a restorer that is random itself
  const auto guess = [&](const Tensor<float>& damaged) {
    return map(damaged, [&](float) { return static_cast<float>(noise.uniform()); });
  };
  const auto copy = [](const Tensor<float>& damaged) { return damaged; };
  const std::vector<Tensor<float>> masks = masks_seen(copy);
  EXPECT_EQ(masks, masks_seen(guess));
  for (std::size_t row = 0; row < 22; ++row)
    EXPECT_NE(masks[2 * row], masks[2 * row + 1]) << "one draw twice";
}

TEST(MeasureTable, TakesTheFrozenMasks) {
  std::vector<Tensor<float>> seen;
  measure_table(
      [&](const Tensor<float>& damaged, const Mask& mask) {
        seen.push_back(mask.hole());
        return damaged;
      },
      uniform_images(3), 2);
  for (std::size_t i = 0; i < 22; ++i) {
    const AssignmentRow& row = assignment_rows()[i];
    for (std::size_t draw = 0; draw < 2; ++draw)
      EXPECT_EQ(seen[2 * i + draw], frozen_masks(row.family, row.size, draw, 3).hole());
  }
}

TEST(MeasureTable, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ShapeError>([] {
              measure_table(leave_black, Tensor<float>({2, 28, 28}), 1);
            }),
            "measure_table: images are (2, 28, 28) but (N, 784) was expected");
  EXPECT_EQ(message_of<Error>([] { measure_table(leave_black, uniform_images(1), 0); }),
            "measure_table: expected at least 1 draw of masks, found 0");
  const auto wrong = [](const Tensor<float>&, const Mask&) { return Tensor<float>({1, 10}); };
  EXPECT_THROW(measure_table(wrong, uniform_images(1), 1), ShapeError);
}
