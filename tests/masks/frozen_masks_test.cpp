#include "mend/masks/frozen_masks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <set>

#include "masks/checksum.hpp"
#include "mend/tensor/ops.hpp"
#include "message_of.hpp"

using namespace mend;
using enum MaskFamily;

namespace {

struct Golden {
  MaskFamily family;
  std::size_t size, draw;
  std::uint64_t checksum;
};

}  // namespace

// Published numbers stand on these masks. When one of the checksums changes, do not change it here: undo the change of
// the masks, or raise frozen_masks_version.
TEST(FrozenMasks, AreThoseThatWerePublished) {
  ASSERT_EQ(frozen_masks_version, 1);
  const Golden published[] = {
      {vertical_stripe, 7, 0, 0x4f205c16bb904025},
      {vertical_stripe, 7, 1, 0x1fc3020a91e2fb25},
      {horizontal_stripe, 11, 0, 0xf7d1cd2d83fd56b5},
      {patch, 11, 0, 0x0a71f7d0d7e0cadd},
      {patch, 21, 4, 0x941a214d5e27238b},
      {scratches, 5, 0, 0x7deee855cbd97d94},
      {brush, 4, 0, 0x463a617de72b507a},
      {text, 8, 0, 0xda80ac57370ffa4c},
      {scattered, 50, 0, 0xe1795e487e0de18d},
      {every_second_line, 2, 0, 0x9d69f5e106064cc5},
      {half, 14, 0, 0x46d999c22125f2e5},
      {centre, 12, 0, 0xfcf79fc17ae5f065},
  };
  for (const Golden& golden : published)
    EXPECT_EQ(checksum(frozen_masks(golden.family, golden.size, golden.draw, 100)), golden.checksum)
        << to_string(golden.family) << ' ' << golden.size << ", draw " << golden.draw;
}

TEST(FrozenMasks, AreTheFirstOfMore) {
  for (const MaskFamily family : {vertical_stripe, scratches, brush, text, scattered})
    EXPECT_EQ(frozen_masks(family, 5, 2, 7).hole(), slice_rows(frozen_masks(family, 5, 2, 30).hole(), 0, 7));
  EXPECT_EQ(frozen_masks(patch, 5, 0, 0).images(), 0u);
}

TEST(FrozenMasks, DifferFromFamilyToFamilySizeToSizeAndDrawToDraw) {
  std::set<std::uint64_t> checksums;
  for (const MaskFamily family :
       {vertical_stripe, horizontal_stripe, patch, scratches, brush, text, scattered})
    for (std::size_t size = 1; size <= 12; ++size)
      for (std::size_t draw = 0; draw < 3; ++draw)
        checksums.insert(checksum(frozen_masks(family, size, draw, 20)));
  EXPECT_EQ(checksums.size(), 7u * 12 * 3);
}

// The same place in two sizes would make two rows of a table depend on each other.
TEST(FrozenMasks, OfTwoSizesLieAtUnrelatedPlaces) {
  constexpr std::size_t n = 2'000;
  const Mask a = frozen_masks(vertical_stripe, 5, 0, n), b = frozen_masks(vertical_stripe, 6, 0, n);
  const auto column = [](const Mask& mask, std::size_t image) {
    std::size_t j = 0;
    while (mask.hole()(image, j) == 0) ++j;
    return static_cast<double>(j);
  };
  double product = 0;  // of places from -1 to 1, each with variance about 1/3
  for (std::size_t i = 0; i < n; ++i) product += (column(a, i) / 11.5 - 1) * (column(b, i) / 11 - 1) / n;
  EXPECT_NEAR(product, 0, 5 * 0.4 / std::sqrt(n));
}

TEST(FrozenMasks, SayWhichSizesThereAre) {
  EXPECT_EQ(message_of<Error>([] { frozen_masks(patch, 29, 0, 1); }),
            "draw_masks: expected a patch of 1 to 28 pixels in images of 28 x 28, found 29");
}
