#include "mend/tensor/xt.hpp"

#include <gtest/gtest.h>

#include <numeric>

#if __has_include(<xtensor/containers/xarray.hpp>)
#include <xtensor/containers/xarray.hpp>
#include <xtensor/core/xmath.hpp>
#else
#include <xtensor/xarray.hpp>
#include <xtensor/xmath.hpp>
#endif

#include "message_of.hpp"

using namespace mend;

namespace {
Tensor<double> counting(Shape shape) {
  Tensor<double> x(shape);
  std::iota(x.begin(), x.end(), 0.0);
  return x;
}

template <class X>
concept Viewable = requires(X&& x) {
  xt_view(std::forward<X>(x));
};
template <class X>
concept ViewableAsMatrix = requires(X&& x) {
  xt_view<2>(std::forward<X>(x));
};
}  // namespace

TEST(XtView, SeesTheSameElementsInTheSamePlaces) {
  const Tensor<double> x = counting({2, 3, 4});
  const auto view = xt_view(x);
  const auto fixed = xt_view<3>(x);
  ASSERT_EQ(view.dimension(), 3u);
  ASSERT_EQ(fixed.dimension(), 3u);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_EQ(&view(i, j, k), &x(i, j, k));
        EXPECT_EQ(&fixed(i, j, k), &x(i, j, k));
      }
}

TEST(XtView, WritesToTheTensor) {
  Tensor<double> x = counting({2, 2});
  xt_view(x) *= 2;
  EXPECT_EQ(x, Tensor<double>({2, 2}, {0, 2, 4, 6}));
  xt_view<2>(x)(1, 0) = 9;
  EXPECT_EQ(x, Tensor<double>({2, 2}, {0, 2, 9, 6}));
}

TEST(XtView, OfAConstantTensorOnlyReads) {
  const Tensor<double> x({2});
  static_assert(std::is_same_v<decltype(xt_view(x)(0)), const double&>);
  static_assert(std::is_same_v<decltype(xt_view<1>(x)(0)), const double&>);
}

TEST(XtView, TakesPartInExpressions) {
  const Tensor<double> x = counting({2, 3});
  const xt::xarray<double> means = xt::mean(xt_view(x), {0});
  EXPECT_EQ(means, (xt::xarray<double>{1.5, 2.5, 3.5}));
  EXPECT_EQ(xt::sum(xt_view<2>(x) + xt_view<2>(x))(), 30);
}

TEST(XtView, OfATemporaryDoesNotCompile) {
  static_assert(Viewable<Tensor<float>&> && Viewable<const Tensor<float>&>);
  static_assert(!Viewable<Tensor<float>> && !Viewable<const Tensor<float>>);
  static_assert(ViewableAsMatrix<Tensor<float>&> && ViewableAsMatrix<const Tensor<float>&>);
  static_assert(!ViewableAsMatrix<Tensor<float>> && !ViewableAsMatrix<const Tensor<float>>);
}

TEST(XtView, OfNothingIsEmpty) {
  const Tensor<float> x({0, 3});
  EXPECT_EQ(xt_view(x).size(), 0u);
  EXPECT_EQ(xt_view<2>(x).shape()[1], 3u);
}

TEST(XtView, WithAWrongNumberOfAxesSaysSo) {
  const Tensor<float> x({2, 3});
  EXPECT_EQ(message_of<ShapeError>([&] { xt_view<3>(x); }), "xt_view: expected 3 axes, found (2, 3)");
}
