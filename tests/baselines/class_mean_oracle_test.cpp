#include "mend/baselines/class_mean_oracle.hpp"

#include <gtest/gtest.h>

#include "mend/baselines/mean_fill.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

const Tensor<float> train({3, 2}, {0, 0.5f, 1, 0.25f, 0.5f, 1});
const std::vector<std::uint8_t> labels{7, 5, 7};

}  // namespace

TEST(ClassMeanOracle, FillsWithTheMeanOfTheTrueClass) {
  const ClassMeanOracle oracle(train, labels);
  Mask mask(3, 1, 2);
  mask.cut(0, 0, 0, 1, 2);
  mask.cut(1, 0, 1, 1, 1);
  EXPECT_EQ(oracle(Tensor<float>({3, 2}, 0.125f), mask, {7, 5, 5}),
            Tensor<float>({3, 2}, {0.25f, 0.75f, 0.125f, 0.25f, 0.125f, 0.125f}));
}

TEST(ClassMeanOracle, OfOneClassIsMeanFill) {
  Mask mask(2, 1, 2);
  mask.cut(0, 0, 0, 1, 2);
  mask.cut(1, 0, 1, 1, 1);
  const Tensor<float> damaged({2, 2}, 0.5f);
  EXPECT_EQ(ClassMeanOracle(train, {3, 3, 3})(damaged, mask, {3, 3}), MeanFill(train)(damaged, mask));
}

TEST(ClassMeanOracle, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ShapeError>([] {
              ClassMeanOracle(Tensor<float>({0, 2}), {});
            }),
            "ClassMeanOracle: the training images are (0, 2) but (N, D) with N >= 1 was expected");
  EXPECT_EQ(message_of<ShapeError>([] {
              ClassMeanOracle(train, {5, 7});
            }),
            "ClassMeanOracle: 2 labels for images (3, 2): expected one for each image");
  const ClassMeanOracle oracle(train, labels);
  const Tensor<float> damaged({2, 2});
  EXPECT_EQ(message_of<ShapeError>([&] { oracle(damaged, Mask(2, 1, 2), {5}); }),
            "ClassMeanOracle: 1 labels for images (2, 2): expected one for each image");
  EXPECT_EQ(message_of<Error>([&] {
              oracle(damaged, Mask(2, 1, 2), {5, 6});
            }),
            "ClassMeanOracle: image 1 has label 6 but the training images had 5, 7");
  EXPECT_THROW(oracle(damaged, Mask(1, 1, 2), {5, 5}), ShapeError);
  EXPECT_THROW(oracle(Tensor<float>({2, 3}), Mask(2, 1, 3), {5, 5}), ShapeError);
}
