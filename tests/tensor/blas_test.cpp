#include "mend/tensor/blas.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "mend/tensor/ops.hpp"

using namespace mend;

TEST(Blas, UsesTheKernelsOfThisProcessor) {
  EXPECT_FALSE(blas_kernels().empty());
  const bool users_choice = std::getenv("OPENBLAS_CORETYPE") != nullptr;
  if (!users_choice && !best_blas_kernels().empty()) {  // 2013 and later: never those of a processor of 2004
    EXPECT_NE(blas_kernels(), "Prescott");
  }
}

TEST(Blas, PreparingTwiceChangesNothing) {
  const std::string before = blas_kernels();
  prepare_blas();
  EXPECT_EQ(blas_kernels(), before);
}

TEST(Blas, LeavesTheEnvironmentAsItWas) {
  const char* before = std::getenv("OPENBLAS_CORETYPE");
  prepare_blas();
  EXPECT_EQ(std::getenv("OPENBLAS_CORETYPE"), before);
}

TEST(Blas, ProductsAreRightWithTheChosenKernels) {
  const Tensor<double> x({3, 2}, {1, 2, 3, 4, 5, 6}), w({2, 2}, {1, -1, 2, 0.5});
  EXPECT_EQ(matmul(x, w), Tensor<double>({3, 2}, {5, 0, 11, -1, 17, -2}));
}
