#include "mend/tensor/tensor.hpp"

#include <gtest/gtest.h>

#include <complex>
#include <cstdint>
#include <numeric>

#include "message_of.hpp"

using namespace mend;

namespace {
Tensor<float> counting(Shape shape) {
  Tensor<float> x(shape);
  std::iota(x.begin(), x.end(), 0.0f);
  return x;
}
}  // namespace

TEST(Tensor, BeginsWithZerosAValueOrTheGivenElements) {
  EXPECT_EQ(Tensor<float>({2, 2}), Tensor<float>({2, 2}, {0, 0, 0, 0}));
  EXPECT_EQ(Tensor<float>({3}, 7.0f), Tensor<float>({3}, {7, 7, 7}));
  EXPECT_EQ(Tensor<float>().shape(), Shape{0});
  EXPECT_EQ(Tensor<float>().size(), 0u);
}

TEST(Tensor, IsRowMajor) {
  const Tensor<float> x = counting({2, 3, 4});
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_EQ(x(i, j, k), static_cast<float>((i * 3 + j) * 4 + k));
        EXPECT_EQ(&x(i, j, k), x.data() + (i * 3 + j) * 4 + k);
      }
}

TEST(Tensor, OfNoAxesHoldsOneNumber) {
  Tensor<double> x(Shape(nullptr, 0));
  x() = 3;
  EXPECT_EQ(x.size(), 1u);
  EXPECT_EQ(x[0], 3);
}

TEST(Tensor, CopiesAreIndependent) {
  const Tensor<float> x = counting({2, 2});
  Tensor<float> y = x;
  y(0, 0) = 9;
  EXPECT_EQ(x(0, 0), 0);
  EXPECT_NE(x, y);
  y = x;
  EXPECT_EQ(x, y);
}

TEST(Tensor, MovesWithoutCopyingAndLeavesNothingBehind) {
  Tensor<float> x = counting({2, 3});
  const float* elements = x.data();
  Tensor<float> y = std::move(x);
  EXPECT_EQ(y.data(), elements);
  EXPECT_EQ(y, counting({2, 3}));
  EXPECT_EQ(x, Tensor<float>());  // NOLINT: that is what is promised
  Tensor<float> z({5});
  z = std::move(y);
  EXPECT_EQ(z.data(), elements);
  EXPECT_EQ(y.shape(), Shape{0});  // NOLINT
  EXPECT_THROW(y(0, 0), ShapeError);
}

TEST(Tensor, ReshapesWithoutTouchingTheElements) {
  Tensor<float> x = counting({2, 6});
  EXPECT_EQ(x.reshaped({3, 4})(2, 1), 9);
  EXPECT_EQ(x.shape(), (Shape{2, 6}));
  const float* elements = x.data();
  const Tensor<float> y = std::move(x).reshaped({1, 3, 2, 2});
  EXPECT_EQ(y.data(), elements);
  EXPECT_EQ(y.shape(), (Shape{1, 3, 2, 2}));
}

TEST(Tensor, IsEqualInShapeAndElements) {
  EXPECT_NE(counting({2, 3}), counting({3, 2}));
  EXPECT_NE(Tensor<float>({0, 2}), Tensor<float>({0, 3}));
}

TEST(Tensor, FillsCastsAndMaps) {
  Tensor<float> x = counting({3});
  EXPECT_EQ(map(x, [](float v) { return v * v; }), Tensor<float>({3}, {0, 1, 4}));
  EXPECT_EQ(cast<std::complex<double>>(x)[2], std::complex<double>(2, 0));
  EXPECT_EQ(cast<float>(Tensor<std::uint8_t>({2}, {0, 255})), Tensor<float>({2}, {0, 255}));
  x.fill(4);
  EXPECT_EQ(x, Tensor<float>({3}, 4.0f));
}

TEST(Tensor, MapWorksInPlaceWhenGivenAway) {
  Tensor<float> x = counting({3});
  const float* elements = x.data();
  EXPECT_EQ(map(std::move(x), [](float v) { return v + 1; }).data(), elements);
}

TEST(Tensor, SaysWhatIsWrong) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Tensor<float>({2, 2}, std::vector<float>{1, 2, 3});
            }),
            "Tensor: shape (2, 2) holds 4 elements, but 3 were given");
  EXPECT_EQ(message_of<ShapeError>([] { Tensor<float>({2}, {5}); }),
            "Tensor: shape (2) holds 2 elements, but 1 were given");
  EXPECT_EQ(message_of<ShapeError>([] {
              counting({2, 3})(1);
            }),
            "Tensor: 1 indices for a tensor of shape (2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              counting({2, 3})(1, 3);
            }),
            "Tensor: index 3 on axis 1 of a tensor of shape (2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              counting({2, 3})(-1, 0);
            }),
            "Tensor: index 18446744073709551615 on axis 0 of a tensor of shape (2, 3)");
  EXPECT_EQ(message_of<ShapeError>([] {
              counting({2, 3}).reshaped({7});
            }),
            "reshaped: (2, 3) has 6 elements, but (7) has 7");
}
