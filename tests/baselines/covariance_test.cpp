#include "mend/baselines/covariance.hpp"

#include "mend/tensor/ops.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

TEST(Covariance, OfFourPointsByHand) {
  const Tensor<float> x({4, 2}, {1, 1, -1, -1, 3, 1, -3, -1});
  const Tensor<double> mean({2});
  EXPECT_EQ(covariance(x, mean), Tensor<double>({2, 2}, {20. / 4, 8. / 4, 8. / 4, 4. / 4}));
}

// More rows than are taken at once: the sum over all of them, pair by pair.
TEST(Covariance, GoesThroughAllRows) {
  Random random(1, "data");
  Tensor<float> x({2345, 3});
  for (float& v : x) v = static_cast<float>(random.normal() + 2);
  const Tensor<double> mean({3}, {1.9, 2, 2.1}), c = covariance(x, mean);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t n = 0; n < x.dim(0); ++n) sum += (x(n, i) - mean[i]) * (x(n, j) - mean[j]);
      EXPECT_NEAR(c(i, j), sum / 2345, 1e-12) << i << ", " << j;
    }
}

TEST(Covariance, SaysWhatDoesNotBelongTogether) {
  EXPECT_EQ(message_of<ShapeError>([] {
              covariance(Tensor<float>({4, 2}), Tensor<double>({3}));
            }),
            "covariance: x is (4, 2) and mean (3) but (N, D) with N >= 1 and (D) were expected");
  EXPECT_THROW(covariance(Tensor<float>({0, 2}), Tensor<double>({2})), ShapeError);
}
