#include "mend/data/batches.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "data/idx_fixture.hpp"
#include "mend/data/dataset.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

TEST(Batches, HoldEachRowOnce) {
  Random random(1, "shuffle");
  const auto batches = shuffled_batches(1000, 128, random);
  ASSERT_EQ(batches.size(), 8u);  // 7 * 128 + 104
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    EXPECT_EQ(batches[i].size(), i < 7 ? 128u : 104u);
    rows.insert(rows.end(), batches[i].begin(), batches[i].end());
  }
  EXPECT_FALSE(std::is_sorted(rows.begin(), rows.end()));
  std::sort(rows.begin(), rows.end());
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(rows[i], i);
}

TEST(Batches, FitExactlyOrIntoOne) {
  Random random(2);
  EXPECT_EQ(shuffled_batches(6, 3, random).size(), 2u);
  EXPECT_EQ(shuffled_batches(6, 6, random).size(), 1u);
  EXPECT_EQ(shuffled_batches(6, 100, random).size(), 1u);
  EXPECT_EQ(shuffled_batches(6, 1, random).size(), 6u);
}

TEST(Batches, AreDecidedByTheStream) {
  Random a(3, "shuffle"), b(3, "shuffle");
  const auto first_epoch = shuffled_batches(50, 8, a);
  EXPECT_EQ(first_epoch, shuffled_batches(50, 8, b));
  EXPECT_NE(first_epoch, shuffled_batches(50, 8, a));  // the second epoch is another
}

// Each of the 6 orders of 3 rows comes in 1/6 of 6000 epochs: 1000 with a standard deviation of 29.
TEST(Batches, ComeInEveryOrderAlike) {
  Random random(4);
  std::map<std::vector<std::size_t>, int> count;
  for (int epoch = 0; epoch < 6000; ++epoch) ++count[shuffled_batches(3, 3, random).front()];
  EXPECT_EQ(count.size(), 6u);
  for (const auto& [order, n] : count) EXPECT_NEAR(n, 1000, 5 * 29);
}

TEST(Batches, RefuseNothing) {
  Random random(5);
  test::expect_error([&] { shuffled_batches(0, 8, random); }, {"shuffled_batches", "found 0 and 8"});
  test::expect_error([&] { shuffled_batches(8, 0, random); }, {"shuffled_batches", "found 8 and 0"});
}

// From bytes to the same bits as from numbers: all 256 values of a pixel, images in any order and more than once.
TEST(GatherPixels, ReturnsWhatGatherRowsReturnsFromToRows) {
  Images images{Tensor<std::uint8_t>({8, 4, 32}), std::vector<std::uint8_t>(8)};
  for (std::size_t i = 0; i < images.pixels.size(); ++i) images.pixels[i] = static_cast<std::uint8_t>(i);
  const std::vector<std::size_t> index{3, 7, 0, 3, 1, 6};
  EXPECT_EQ(gather_pixels(images.pixels, index), gather_rows(to_rows(images), index));
  EXPECT_EQ(gather_pixels(images.pixels.reshaped({8, 128}), index), gather_pixels(images.pixels, index));
}

TEST(GatherPixels, RefusesImagesThatAreNotThere) {
  test::expect_error(
      [] {
        gather_pixels(Tensor<std::uint8_t>({3, 2, 2}), {0, 3});
      },
      {"gather_pixels", "image 3 of (3, 2, 2)"});
  test::expect_error([] { gather_pixels(Tensor<std::uint8_t>({3}), {0}); },
                     {"gather_pixels", "(3)", "(N, D)"});
}
