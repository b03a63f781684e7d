#include "mend/baselines/mask_groups.hpp"

#include <gtest/gtest.h>

#include "mend/masks/families.hpp"
#include "message_of.hpp"

using namespace mend;
using Numbers = std::vector<std::size_t>;

TEST(MaskGroups, PutEqualMasksTogetherInOrderOfAppearance) {
  Mask mask(5, 2, 3);
  mask.cut(1, 0, 1, 2, 2);
  mask.cut(2, 0, 0, 1, 1);
  mask.cut(4, 0, 1, 2, 1);  // the same hole as that of image 1, cut in two pieces
  mask.cut(4, 0, 2, 2, 1);
  const std::vector<MaskGroup> groups = mask_groups(mask);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].images, (Numbers{0, 3}));
  EXPECT_EQ(groups[0].hole, Numbers{});
  EXPECT_EQ(groups[0].known, (Numbers{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(groups[1].images, (Numbers{1, 4}));
  EXPECT_EQ(groups[1].hole, (Numbers{1, 2, 4, 5}));
  EXPECT_EQ(groups[1].known, (Numbers{0, 3}));
  EXPECT_EQ(groups[2].images, Numbers{2});
  EXPECT_EQ(groups[2].hole, Numbers{0});
}

TEST(MaskGroups, ShareOutTheImagesAndDescribeEachOnesMask) {
  Random random(1);
  const Mask mask = draw_assignment_masks(300, random);
  std::vector<int> seen(300);
  for (const MaskGroup& group : mask_groups(mask)) {
    EXPECT_EQ(group.hole.size() + group.known.size(), 784u);
    for (const std::size_t n : group.images) {
      ++seen[n];
      for (const std::size_t d : group.hole) ASSERT_EQ(mask.hole()(n, d), 1);
      for (const std::size_t d : group.known) ASSERT_EQ(mask.hole()(n, d), 0);
    }
  }
  EXPECT_EQ(seen, std::vector<int>(300, 1));
}

// A stripe of width 3 has 28 - 3 + 1 places.
TEST(MaskGroups, AreAsManyAsThereArePlaces) {
  Random random(2);
  EXPECT_EQ(mask_groups(draw_masks(MaskFamily::vertical_stripe, 3, 1920, random)).size(), 26u);
  EXPECT_EQ(mask_groups(Mask(0, 28, 28)).size(), 0u);
}

TEST(MaskGroups, AreEachVisitedOnce) {
  Random random(3);
  const Mask mask = draw_masks(MaskFamily::patch, 5, 900, random);
  ASSERT_GT(mask_groups(mask).size(), 256u);
  std::vector<int> seen(900);
  for_each_mask_group(mask, [&](const MaskGroup& group) {
    for (const std::size_t n : group.images) ++seen[n];
  });
  EXPECT_EQ(seen, std::vector<int>(900, 1));
  for_each_mask_group(Mask(0, 3, 3), [](const MaskGroup&) { FAIL(); });
}

TEST(Pixels, ArePut) {
  Tensor<float> x({3, 4}, {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23});
  put_pixels(x, {2, 1}, {3, 0}, Tensor<double>({2, 2}, {5, 6, 7, 8}));
  EXPECT_EQ(x, Tensor<float>({3, 4}, {0, 1, 2, 3, 8, 11, 12, 7, 6, 21, 22, 5}));
}

TEST(Pixels, SayWhichAreNotThere) {
  Tensor<float> x({3, 4}), row({4});
  EXPECT_EQ(message_of<ShapeError>([&] {
              put_pixels(x, {3}, {0}, Tensor<double>({1, 1}));
            }),
            "put_pixels: image 3 of (3, 4)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              put_pixels(x, {0}, {1, 4}, Tensor<double>({1, 2}));
            }),
            "put_pixels: pixel 4 of (3, 4)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              put_pixels(row, {0}, {0}, Tensor<double>({1, 1}));
            }),
            "put_pixels: x is (4) but (N, D) was expected");
  EXPECT_EQ(message_of<ShapeError>([&] {
              put_pixels(x, {0, 1}, {0}, Tensor<double>({1, 2}));
            }),
            "put_pixels: values is (1, 2) but (2, 1) was expected: images and pixels");
}
