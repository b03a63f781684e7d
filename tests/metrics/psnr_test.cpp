#include "mend/metrics/psnr.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "message_of.hpp"

using namespace mend;

const double infinity = std::numeric_limits<double>::infinity();

TEST(Psnr, Is10DecibelsMoreForATenthOfTheError) {
  EXPECT_EQ(psnr(1), 0);
  EXPECT_NEAR(psnr(0.1), 10, 1e-14);
  EXPECT_NEAR(psnr(0.01), 20, 1e-14);
  EXPECT_NEAR(psnr(0.0001), 40, 1e-14);
  EXPECT_NEAR(psnr(0.005), 20 + 10 * std::log10(2), 1e-13);
  EXPECT_NEAR(psnr(10), -10, 1e-14);
}

TEST(Psnr, IsInfiniteWithoutErrorAndNanForNan) {
  EXPECT_EQ(psnr(0), infinity);
  EXPECT_TRUE(std::isnan(psnr(std::nan(""))));
}

TEST(MeanPsnr, IsTheMeanOfTheRatiosAndNotTheRatioOfTheMean) {
  EXPECT_NEAR(mean_psnr(Tensor<double>({2}, {0.1, 0.001})), (10 + 30) / 2.0, 1e-13);
  EXPECT_GT(mean_psnr(Tensor<double>({2}, {0.1, 0.001})), psnr((0.1 + 0.001) / 2));
  EXPECT_NEAR(mean_psnr(Tensor<double>({3}, 0.01)), psnr(0.01), 1e-13);
  EXPECT_EQ(mean_psnr(Tensor<double>({2}, {0.1, 0})), infinity);
}

TEST(Psnr, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<Error>([] { psnr(-0.5); }),
            "psnr: expected a mean squared error of at least 0, found -0.500000");
  EXPECT_EQ(message_of<ShapeError>([] {
              mean_psnr(Tensor<double>({2, 3}));
            }),
            "mean_psnr: mse is (2, 3) but (N) with N >= 1 was expected");
  EXPECT_EQ(message_of<ShapeError>([] { mean_psnr(Tensor<double>({0})); }),
            "mean_psnr: mse is (0) but (N) with N >= 1 was expected");
}
