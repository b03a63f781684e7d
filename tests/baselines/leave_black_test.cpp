#include "mend/baselines/leave_black.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "message_of.hpp"

using namespace mend;

TEST(LeaveBlack, PutsZeroInTheHoleAndKeepsTheRest) {
  Mask mask(2, 2, 2);
  mask.cut(0, 0, 1, 2, 1);
  Tensor<float> x({2, 4}, {0.1f, std::numeric_limits<float>::quiet_NaN(), 0.3f, 9, 0.5f, 0.6f, 0.7f, 0.8f});
  EXPECT_EQ(leave_black(x, mask), Tensor<float>({2, 4}, {0.1f, 0, 0.3f, 0, 0.5f, 0.6f, 0.7f, 0.8f}));
}

TEST(LeaveBlack, SaysWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              leave_black(Tensor<float>({1, 4}), Mask(2, 2, 2));
            }),
            "leave_black: damaged images and mask: (1, 4) and (2, 4) must be the same shape");
}
