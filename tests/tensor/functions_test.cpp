#include "mend/tensor/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>

#include "mend/tensor/random.hpp"

using namespace mend;

namespace {

using Complex = std::complex<double>;

// The truth, one precision up: long double for float and double alike.
long double true_exp(long double x) { return std::exp(x); }
long double true_sigmoid(long double x) { return 1 / (1 + std::exp(-x)); }
long double true_tanh(long double x) { return std::tanh(x); }
long double true_softplus(long double x) {
  return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

template <class T>
struct Function {
  const char* name;
  Tensor<T> (*ours)(Tensor<T>);
  long double (*truth)(long double);
};

template <class T>
const std::vector<Function<T>> functions = {{"exp", exp<T>, true_exp},
                                            {"sigmoid", sigmoid<T>, true_sigmoid},
                                            {"tanh", tanh<T>, true_tanh},
                                            {"softplus", softplus<T>, true_softplus}};

template <class T>
Tensor<T> arguments() {
  Random random(1);
  Tensor<T> x({3000});
  const std::vector<double> widths = {1e-6, 0.01, 1, 10, 80};
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<T>(random.uniform(-1, 1) * widths[i % widths.size()]);
  return x;
}

template <class T>
class Functions : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(Functions, Reals);

}  // namespace

TYPED_TEST(Functions, AreAccurateToAFewUnitsInTheLastPlace) {
  using T = TypeParam;
  const Tensor<T> x = arguments<T>();
  for (const auto& f : functions<T>) {
    const Tensor<T> y = f.ours(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double truth = f.truth(x[i]);
      if (std::abs(truth) < 2 * std::numeric_limits<T>::min()) continue;  // denormals may be flushed
      ASSERT_LE(std::abs(y[i] - truth) / std::abs(truth), 4 * std::numeric_limits<T>::epsilon())
          << f.name << "(" << x[i] << ") = " << y[i];
    }
  }
}

TYPED_TEST(Functions, KnowWhereTheyEnd) {
  using T = TypeParam;
  const T infinity = std::numeric_limits<T>::infinity();
  const Tensor<T> x({4}, {-infinity, T(-1000), T(1000), infinity});
  EXPECT_EQ(exp(x), Tensor<T>({4}, {0, 0, infinity, infinity}));
  EXPECT_EQ(sigmoid(x), Tensor<T>({4}, {0, 0, 1, 1}));
  EXPECT_EQ(tanh(x), Tensor<T>({4}, {-1, -1, 1, 1}));
  EXPECT_EQ(softplus(x), Tensor<T>({4}, {0, 0, 1000, infinity}));
}

TYPED_TEST(Functions, AreExactAtZero) {
  using T = TypeParam;
  const Tensor<T> zero({1}, T(0));
  EXPECT_EQ(exp(zero)[0], T(1));
  EXPECT_EQ(sigmoid(zero)[0], T(0.5));
  EXPECT_EQ(tanh(zero)[0], T(0));
  EXPECT_NEAR(softplus(zero)[0], std::log(2.0), std::numeric_limits<T>::epsilon());
}

TYPED_TEST(Functions, KeepNan) {
  using T = TypeParam;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (const auto& f : functions<T>)
    for (const std::size_t size : {1, 37}) {
      const Tensor<T> y = f.ours(Tensor<T>({size}, nan));
      for (const T v : y) ASSERT_TRUE(std::isnan(v)) << f.name << " made " << v << " of NaN";
    }
}

TYPED_TEST(Functions, GiveAValueThatDoesNotDependOnItsPlace) {
  using T = TypeParam;
  const Tensor<T> x = arguments<T>();
  for (const auto& f : functions<T>) {
    const Tensor<T> y = f.ours(x);
    for (std::size_t i = 0; i < 100; ++i) ASSERT_EQ(f.ours(Tensor<T>({1}, x[i]))[0], y[i]) << f.name;
    for (std::size_t size = 0; size <= 40; ++size) {
      const Tensor<T> start({size}, std::vector<T>(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(size)));
      const Tensor<T> value = f.ours(start);
      ASSERT_TRUE(std::equal(value.begin(), value.end(), y.begin())) << f.name << " of " << size;
    }
  }
}

TYPED_TEST(Functions, WorkInPlaceWhenGivenAway) {
  for (const auto& f : functions<TypeParam>) {
    Tensor<TypeParam> x({5, 7});
    const TypeParam* elements = x.data();
    const Tensor<TypeParam> y = f.ours(std::move(x));
    EXPECT_EQ(y.data(), elements) << f.name;
    EXPECT_EQ(y.shape(), (Shape{5, 7})) << f.name;
  }
}

// f(x + ih) has imaginary part h f'(x), up to h^2: the derivative without a difference.
TEST(ComplexFunctions, CarryTheDerivativeInTheirImaginaryPart) {
  constexpr double h = 1e-30;
  for (const double x : {-600.0, -30.0, -1.0, -1e-3, 0.0, 0.5, 2.0, 30.0, 600.0}) {
    const Tensor<Complex> z({1}, Complex(x, h));
    const double s = 1 / (1 + std::exp(-x)), slope_of_sigmoid = 1 / (2 + std::exp(x) + std::exp(-x));
    const auto expect_slope = [&](Complex y, double slope) {
      EXPECT_NEAR(y.imag() / h, slope, 1e-14 * slope) << "at " << x;
    };
    expect_slope(exp(z)[0], std::exp(x));
    expect_slope(sigmoid(z)[0], slope_of_sigmoid);
    expect_slope(softplus(z)[0], s);
    if (std::abs(x) < 100) expect_slope(tanh(z)[0], 1 / (std::cosh(x) * std::cosh(x)));
  }
}

TEST(ComplexFunctions, AgreeWithTheRealOnes) {
  const Tensor<double> x = arguments<double>();
  const auto expect_equal = [&](const Tensor<Complex>& y, const Tensor<double>& real) {
    for (std::size_t i = 0; i < x.size(); ++i)
      ASSERT_NEAR(y[i].real(), real[i],
                  8 * std::numeric_limits<double>::epsilon() * std::max(1.0, std::abs(real[i])))
          << "at " << x[i];
  };
  const Tensor<Complex> z = cast<Complex>(x);
  expect_equal(exp(z), exp(x));
  expect_equal(sigmoid(z), sigmoid(x));
  expect_equal(tanh(z), tanh(x));
  expect_equal(softplus(z), softplus(x));
}
