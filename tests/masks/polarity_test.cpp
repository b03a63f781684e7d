#include "mend/masks/polarity.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "mend/masks/families.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

using Bytes = Tensor<std::uint8_t>;
using Floats = Tensor<float>;

// One image of 2 x 3; missing are the first pixel and the last two.
const Floats hole({1, 6}, {1, 0, 0, 0, 1, 1});

}  // namespace

TEST(MaskFromOpencv, TakesNonzeroAsHole) {
  EXPECT_EQ(mask_from_opencv(Bytes({1, 2, 3}, {255, 0, 0, 0, 255, 255})).hole(), hole);
  EXPECT_EQ(mask_from_opencv(Bytes({1, 2, 3}, {1, 0, 0, 0, 1, 1})).hole(), hole);
  EXPECT_EQ(mask_from_opencv(Floats({1, 2, 3}, {1, 0, 0, 0, 1, 1})).hole(), hole);
  const Mask mask = mask_from_opencv(Bytes({4, 2, 3}, 255));
  EXPECT_EQ(mask.images(), 4u);
  EXPECT_EQ(mask.height(), 2u);
  EXPECT_EQ(mask.width(), 3u);
  EXPECT_EQ(mask.hole_share(), 1);
}

TEST(MaskFromRepaint, Takes255AsKnown) {
  EXPECT_EQ(mask_from_repaint(Bytes({1, 2, 3}, {0, 255, 255, 255, 0, 0})).hole(), hole);
  EXPECT_EQ(mask_from_repaint(Floats({1, 2, 3}, {0, 1, 1, 1, 0, 0})).hole(), hole);
  EXPECT_EQ(mask_from_repaint(Bytes({2, 2, 3})).hole_share(), 1);
}

TEST(MaskFromPartialConvolution, TakesOneAsValid) {
  EXPECT_EQ(mask_from_partial_convolution(Floats({1, 2, 3}, {0, 1, 1, 1, 0, 0})).hole(), hole);
  EXPECT_EQ(mask_from_partial_convolution(Bytes({1, 2, 3}, {0, 1, 1, 1, 0, 0})).hole(), hole);
}

// Patches are counted row by row: in 4 x 6 pixels, patch 4 of side 2 has row 2, column 2 as its upper left corner.
TEST(MaskFromMae, TakesOneAsARemovedPatch) {
  const Mask mask = mask_from_mae(Floats({2, 6}, {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1}), 2, 4, 6);
  EXPECT_EQ(mask.hole(), Floats({2, 24}, {1, 1, 0, 0, 0, 0,  //
                                          1, 1, 0, 0, 0, 0,  //
                                          0, 0, 1, 1, 0, 0,  //
                                          0, 0, 1, 1, 0, 0,  //
                                          0, 0, 0, 0, 0, 0,  //
                                          0, 0, 0, 0, 0, 0,  //
                                          0, 0, 0, 0, 1, 1,  //
                                          0, 0, 0, 0, 1, 1}));
  EXPECT_EQ(mask.height(), 4u);
  EXPECT_EQ(mask.width(), 6u);
}

TEST(MaskFromMae, TakesPixelsAsPatchesOfOne) { EXPECT_EQ(mask_from_mae(hole, 1, 2, 3).hole(), hole); }

TEST(MaskFromMae, TakesThreeQuartersOfThePatchesOfADigit) {
  Floats removed({1, 16}, 1);  // 16 patches of 7 x 7
  for (const std::size_t kept : {0, 5, 6, 15}) removed[kept] = 0;
  EXPECT_EQ(mask_from_mae(removed, 7).hole_share(), 0.75);
}

TEST(Importers, AndExportersAreInverse) {
  Random random(1);
  const Mask mask = draw_masks(MaskFamily::brush, 5, 8, random, 20, 28);
  EXPECT_EQ(mask_from_opencv(mask_to_opencv(mask)).hole(), mask.hole());
  EXPECT_EQ(mask_from_repaint(mask_to_repaint(mask)).hole(), mask.hole());
  EXPECT_EQ(mask_from_partial_convolution(mask_to_partial_convolution(mask)).hole(), mask.hole());
  EXPECT_EQ(mask_from_mae(mask_to_mae(mask, 1), 1, 20, 28).hole(), mask.hole());
  const Floats removed = map(Floats({9, 35}), [&](float) { return static_cast<float>(random.below(2)); });
  EXPECT_EQ(mask_to_mae(mask_from_mae(removed, 4, 20, 28), 4), removed);
}

TEST(Exporters, SpeakTheLanguageOfTheirLibraries) {
  const Mask mask(hole, 2, 3);
  EXPECT_EQ(mask_to_opencv(mask), Bytes({1, 2, 3}, {255, 0, 0, 0, 255, 255}));
  EXPECT_EQ(mask_to_repaint(mask), Bytes({1, 2, 3}, {0, 255, 255, 255, 0, 0}));
  EXPECT_EQ(mask_to_partial_convolution(mask), Floats({1, 2, 3}, {0, 1, 1, 1, 0, 0}));
  EXPECT_EQ(mask_to_mae(mask, 1), hole);
}

TEST(Importers, RefuseGreyAndSayWhatToDo) {
  EXPECT_EQ(message_of<Error>([] {
              mask_from_repaint(Bytes({1, 2, 3}, {0, 255, 37, 255, 0, 0}));
            }),
            "mask_from_repaint: expected the values 0 and 255, found 37; threshold a grey mask first: "
            "binarize(mask, 128)");
  EXPECT_EQ(message_of<Error>([] {
              mask_from_opencv(Bytes({1, 2, 3}, {0, 1, 255, 255, 0, 0}));
            }),
            "mask_from_opencv: expected the values 0 and 255, found 1; threshold a grey mask first: "
            "binarize(mask, 128)");
  EXPECT_EQ(
      message_of<Error>([] {
        mask_from_partial_convolution(Floats({1, 2, 3}, 0.25f));
      }),
      "mask_from_partial_convolution: expected the values 0 and 1, found 0.25; threshold a grey mask first: "
      "binarize(mask, 0.5f)");
  EXPECT_EQ(message_of<Error>([] {
              mask_from_mae(Floats({1, 6}, 255), 1, 2, 3);
            }),
            "mask_from_mae: expected the values 0 and 1, found 255; threshold a grey mask first: "
            "binarize(mask, 0.5f)");
  EXPECT_THROW(mask_from_opencv(Floats({1, 2, 3}, std::numeric_limits<float>::quiet_NaN())), Error);
}

TEST(Importers, SayWhichShapesTheyTake) {
  EXPECT_EQ(message_of<ShapeError>([] {
              mask_from_opencv(Bytes({28, 28}));
            }),
            "mask_from_opencv: expected masks of shape (N, H, W), found (28, 28); reshape a single one to "
            "(1, H, W)");
  EXPECT_THROW(mask_from_repaint(Bytes({1, 1, 28, 28})), ShapeError);
  EXPECT_THROW(mask_from_partial_convolution(Floats({1, 784})), ShapeError);
  EXPECT_EQ(message_of<ShapeError>([] {
              mask_from_mae(Floats({1, 15}), 7);
            }),
            "mask_from_mae: expected masks of shape (N, 16) for patches of 7 x 7 in images of 28 x 28, found "
            "(1, 15)");
  EXPECT_THROW(mask_from_mae(Floats({1, 28, 28}), 1), ShapeError);
}

TEST(Mae, SaysWhenPatchesDoNotTileTheImage) {
  EXPECT_EQ(message_of<Error>([] {
              mask_from_mae(Floats({1, 9}), 8);
            }),
            "mask_from_mae: expected a patch whose side divides 28 and 28, found 8");
  EXPECT_THROW(mask_from_mae(Floats({1, 9}), 0), Error);
  EXPECT_EQ(message_of<Error>([] { mask_to_mae(Mask(1, 4, 6), 4); }),
            "mask_to_mae: expected a patch whose side divides 4 and 6, found 4");
}

TEST(MaskToMae, SaysWhichPatchIsMissingInPart) {
  Mask mask(2, 4, 6);
  mask.cut(1, 3, 4, 1, 1);
  EXPECT_EQ(
      message_of<Error>([&] { mask_to_mae(mask, 2); }),
      "mask_to_mae: expected patches of 2 x 2 that are known or missing as a whole, found patch 5 of image 1 "
      "missing in part");
}

TEST(Binarize, TakesTheThresholdAsWhite) {
  EXPECT_EQ(binarize(Bytes({5}, {0, 127, 128, 254, 255}), 128), Bytes({5}, {0, 0, 255, 255, 255}));
  EXPECT_EQ(binarize(Floats({4}, {0, 0.25f, 0.5f, 1}), 0.5f), Floats({4}, {0, 0, 1, 1}));
  EXPECT_EQ(binarize(Floats({3}, {0, 0.25f, 1}), 1), Floats({3}, {0, 0, 1}));
}

TEST(Binarize, MakesAResizedMaskFit) {
  const Bytes resized({1, 2, 3}, {3, 255, 160, 200, 0, 90});
  EXPECT_EQ(mask_from_repaint(binarize(resized, 128)).hole(), hole);
  EXPECT_EQ(mask_from_opencv(binarize(resized, 128)).hole_share(), 0.5);
}

TEST(Binarize, SaysWhatIsOutOfRange) {
  EXPECT_EQ(message_of<Error>([] { binarize(Bytes({1}), 0); }),
            "binarize: expected a threshold above 0 and at most 255, found 0");
  EXPECT_EQ(message_of<Error>([] { binarize(Floats({1}), 128); }),
            "binarize: expected a threshold above 0 and at most 1, found 128");
  EXPECT_EQ(message_of<Error>([] {
              binarize(Floats({2}, {0, 255}), 0.5f);
            }),
            "binarize: expected values from 0 to 1, found 255");
  EXPECT_THROW(binarize(Floats({1}, std::numeric_limits<float>::quiet_NaN()), 0.5f), Error);
}
