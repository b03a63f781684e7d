#include "mend/tensor/ops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>

#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"
#include "message_of.hpp"

using namespace mend;

namespace {

template <class T>
Tensor<T> normal(Shape shape, Random& random) {
  return map(Tensor<T>(shape), [&](T) {
    const double real = random.normal(), imaginary = random.normal();
    if constexpr (std::is_same_v<T, std::complex<double>>)
      return T(real, imaginary);
    else
      return static_cast<T>(real + 0 * imaginary);
  });
}

// The definition, three loops: c = start + a b for a (M, K) and b (K, N), given by index. Rounding can take
// every element away from it by some K units of roundoff of the sum of |a| |b| (Higham 2002, section 3.1),
// and no more.
template <class T, class A, class B>
void expect_product(const Tensor<T>& c, const Tensor<T>& start, std::size_t k, A a, B b) {
  using Wide = std::conditional_t<std::is_same_v<T, float>, double, T>;
  const double roundoff = std::is_same_v<T, float> ? 0x1p-24 : 0x1p-53;
  ASSERT_EQ(c.shape(), start.shape());
  for (std::size_t i = 0; i < c.dim(0); ++i)
    for (std::size_t j = 0; j < c.dim(1); ++j) {
      Wide total = start(i, j);
      double magnitude = std::abs(total);
      for (std::size_t l = 0; l < k; ++l) {
        total += Wide(a(i, l)) * Wide(b(l, j));
        magnitude += std::abs(Wide(a(i, l)) * Wide(b(l, j)));
      }
      ASSERT_LE(std::abs(Wide(c(i, j)) - total), 4 * static_cast<double>(k + 1) * roundoff * magnitude)
          << "at (" << i << ", " << j << ")";
    }
}

/// Sets the number of threads back when a test ends.
struct Threads {
  std::size_t before = threads();
  ~Threads() { set_threads(before); }
};

template <class T>
class Products : public testing::Test {};
using Scalars = testing::Types<float, double, std::complex<double>>;
TYPED_TEST_SUITE(Products, Scalars);

}  // namespace

TYPED_TEST(Products, EqualThreeLoopsForAllShapes) {
  using T = TypeParam;
  Random random(1);
  for (const std::size_t m : {0, 1, 2, 17, 130})
    for (const std::size_t n : {0, 1, 3, 33})
      for (const std::size_t k : {0, 1, 2, 65}) {
        SCOPED_TRACE("M N K " + to_string(Shape{m, n, k}));
        const Tensor<T> x = normal<T>({m, k}, random), w = normal<T>({k, n}, random);
        const Tensor<T> xt = normal<T>({k, m}, random), wt = normal<T>({n, k}, random);
        const auto as_is = [](const Tensor<T>& a) {
          return [&a](std::size_t i, std::size_t j) { return a(i, j); };
        };
        const auto flipped = [](const Tensor<T>& a) {
          return [&a](std::size_t i, std::size_t j) { return a(j, i); };
        };
        const Tensor<T> zero({m, n}), start = normal<T>({m, n}, random);
        expect_product(matmul(x, w), zero, k, as_is(x), as_is(w));
        expect_product(matmul_nt(x, wt), zero, k, as_is(x), flipped(wt));
        expect_product(matmul_tn(xt, w), zero, k, flipped(xt), as_is(w));
        Tensor<T> total = start;
        add_matmul_tn(total, xt, w);
        expect_product(total, start, k, flipped(xt), as_is(w));
      }
}

TEST(Products, DoNotConjugate) {
  const std::complex<double> i(0, 1);
  const Tensor<std::complex<double>> x({1, 1}, i);
  EXPECT_EQ(matmul(x, x)[0], -1.0);
  EXPECT_EQ(matmul_nt(x, x)[0], -1.0);
  EXPECT_EQ(matmul_tn(x, x)[0], -1.0);
  EXPECT_EQ(transpose(x)[0], i);
  EXPECT_EQ(dot(x, x), -1.0);
}

// The shapes of the assignment's restorer, for a full batch and for the last one.
TYPED_TEST(Products, HaveTheSameBitsForAnyNumberOfThreads) {
  using T = TypeParam;
  const Threads restore_after;
  Random random(2);
  for (const std::size_t batch : {128, 38})
    for (const auto& [in, out] :
         {std::pair<std::size_t, std::size_t>{784, 256}, {256, 256}, {256, 128}, {128, 784}}) {
      const Tensor<T> x = normal<T>({batch, in}, random), w = normal<T>({in, out}, random);
      const Tensor<T> dy = normal<T>({batch, out}, random), start = normal<T>({in, out}, random);
      set_threads(1);
      const Tensor<T> y = matmul(x, w), dx = matmul_nt(dy, w);
      Tensor<T> dw = start;
      add_matmul_tn(dw, x, dy);
      for (const std::size_t count : {1, 2, 3}) {
        SCOPED_TRACE(to_string(Shape{batch, in, out}) + " with threads " + std::to_string(count));
        set_threads(count);
        EXPECT_EQ(matmul(x, w), y);
        EXPECT_EQ(matmul_nt(dy, w), dx);
        Tensor<T> again = start;
        add_matmul_tn(again, x, dy);
        EXPECT_EQ(again, dw);
      }
    }
}

// 2e-30 * 3e-10 = 6e-40, a denormal float. Each block of rows belongs to some thread; all must do alike.
TEST(Products, FlushDenormalsInAllThreadsWhenTheCallerDoesAndOnlyThen) {
  const Threads restore_after;
  set_threads(3);
  const Tensor<float> x({256, 64}, 2e-30f);
  Tensor<float> w({64, 64});
  for (std::size_t i = 0; i < 64; ++i) w(i, i) = 3e-10f;
  const Tensor<float> zeros({256, 64}), denormals({256, 64}, 2e-30f * 3e-10f);
  ASSERT_EQ(std::fpclassify(denormals[0]), FP_SUBNORMAL);
  EXPECT_EQ(matmul(x, w), denormals);
#if defined(__SSE__)
  {
    const FlushDenormals guard;
    const Tensor<float> y = matmul(x, w);
    for (const float v : y) ASSERT_EQ(v, 0.0f);
  }
#endif
  EXPECT_EQ(matmul(x, w), denormals);
}

TEST(Products, SayWhichShapesDoNotFit) {
  const auto zeros = [](std::size_t n, std::size_t d) { return Tensor<float>({n, d}); };
  EXPECT_EQ(message_of<ShapeError>([&] { matmul(zeros(128, 784), zeros(783, 256)); }),
            "matmul: x is (128, 784) but W is (783, 256): 784 != 783");
  EXPECT_EQ(message_of<ShapeError>([&] { matmul_nt(zeros(128, 784), zeros(256, 783)); }),
            "matmul_nt: x is (128, 784) but W is (256, 783): 784 != 783");
  EXPECT_EQ(message_of<ShapeError>([&] { matmul_tn(zeros(128, 784), zeros(127, 256)); }),
            "matmul_tn: x is (128, 784) but y is (127, 256): 128 != 127");
  EXPECT_EQ(message_of<ShapeError>([&] {
              Tensor<float> total({784, 255});
              add_matmul_tn(total, zeros(128, 784), zeros(128, 256));
            }),
            "add_matmul_tn: the sum is (784, 255) but x^T y is (784, 256)");
  EXPECT_EQ(message_of<ShapeError>([&] { matmul(Tensor<float>({784}), zeros(784, 256)); }),
            "matmul: x is (784) but a matrix (rows, columns) was expected");
  EXPECT_EQ(message_of<ShapeError>([&] {
              matmul(zeros(1, 2), Tensor<float>({2, 2, 2}));
            }),
            "matmul: W is (2, 2, 2) but a matrix (rows, columns) was expected");
}

TEST(Threads, AreAtLeastOne) {
  const Threads restore_after;
  EXPECT_EQ(message_of<Error>([] { set_threads(0); }), "set_threads: expected at least 1 thread, found 0");
  set_threads(5);
  EXPECT_EQ(threads(), 5u);
}

TEST(Rows, AreAddedToAndSummed) {
  const Tensor<double> x({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(add_rows(x, Tensor<double>({3}, {10, 20, 30})), Tensor<double>({2, 3}, {11, 22, 33, 14, 25, 36}));
  EXPECT_EQ(sum_rows(x), Tensor<double>({3}, {5, 7, 9}));
  EXPECT_EQ(sum_rows(Tensor<double>({0, 3})), Tensor<double>({3}));
  Tensor<double> total({3}, 1.0);
  add_sum_rows(total, x);
  EXPECT_EQ(total, Tensor<double>({3}, {6, 8, 10}));
}

TEST(Rows, AreAddedToInPlaceWhenGivenAway) {
  Tensor<float> x({2, 3});
  const float* elements = x.data();
  EXPECT_EQ(add_rows(std::move(x), Tensor<float>({3})).data(), elements);
}

TEST(Rows, SayWhichShapesDoNotFit) {
  EXPECT_EQ(message_of<ShapeError>([] {
              add_rows(Tensor<float>({2, 3}), Tensor<float>({2}));
            }),
            "add_rows: x is (2, 3) but b is (2): expected one number per column");
  EXPECT_EQ(message_of<ShapeError>([] {
              add_rows(Tensor<float>({2, 3}), Tensor<float>({1, 3}));
            }),
            "add_rows: x is (2, 3) but b is (1, 3): expected one number per column");
  EXPECT_EQ(message_of<ShapeError>([] {
              Tensor<float> total({2});
              add_sum_rows(total, Tensor<float>({2, 3}));
            }),
            "add_sum_rows: x is (2, 3) but the sum is (2): expected one number per column");
}

TEST(Columns, AreTransposedJoinedAndSplit) {
  const Tensor<double> x({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(transpose(x), Tensor<double>({3, 2}, {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(transpose(transpose(x)), x);
  const Tensor<double> y({2, 1}, {7, 8});
  const Tensor<double> joined = concat_columns(x, y);
  EXPECT_EQ(joined, Tensor<double>({2, 4}, {1, 2, 3, 7, 4, 5, 6, 8}));
  EXPECT_EQ(split_columns(joined, 3), std::make_pair(x, y));
  EXPECT_EQ(split_columns(x, 0), std::make_pair(Tensor<double>({2, 0}), x));
  EXPECT_EQ(split_columns(x, 3), std::make_pair(x, Tensor<double>({2, 0})));
  EXPECT_EQ(message_of<ShapeError>([&] {
              concat_columns(x, Tensor<double>({3, 1}));
            }),
            "concat_columns: a is (2, 3) but b is (3, 1): 2 != 3");
  EXPECT_EQ(message_of<ShapeError>([&] { split_columns(x, 4); }), "split_columns: 4 columns of (2, 3)");
}

TEST(Elements, AreAddedSubtractedScaledAndMultiplied) {
  const Tensor<float> a({2, 2}, {1, 2, 3, 4}), b({2, 2}, {10, 20, 30, 40});
  EXPECT_EQ(a + b, Tensor<float>({2, 2}, {11, 22, 33, 44}));
  EXPECT_EQ(b - a, Tensor<float>({2, 2}, {9, 18, 27, 36}));
  EXPECT_EQ(a * 2, Tensor<float>({2, 2}, {2, 4, 6, 8}));
  EXPECT_EQ(multiply(a, b), Tensor<float>({2, 2}, {10, 40, 90, 160}));
  Tensor<float> c = a;
  c += b;
  c -= a;
  c *= 0.5f;
  EXPECT_EQ(c, Tensor<float>({2, 2}, {5, 10, 15, 20}));
}

TEST(Elements, NeverBroadcast) {
  const Tensor<float> column({4, 1}), row({4});
  EXPECT_EQ(message_of<ShapeError>([&] { column + row; }), "+=: (4, 1) and (4) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { column - row; }), "-=: (4, 1) and (4) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { multiply(column, row); }),
            "multiply: (4, 1) and (4) must be the same shape");
  EXPECT_EQ(message_of<ShapeError>([&] { dot(column, row); }), "dot: (4, 1) and (4) must be the same shape");
}

// 2^24 + 1 is no float: a sum carried in float would stay at 2^24 for ever.
TEST(Sums, OfFloatsAreCarriedInDouble) {
  Tensor<float> x({1001}, 1.0f);
  x[0] = 0x1p24f;
  EXPECT_EQ(sum(x), 0x1p24f + 1000);
  EXPECT_EQ(dot(x, Tensor<float>({1001}, 1.0f)), 0x1p24f + 1000);
}

TEST(Sums, MeansAndDotProducts) {
  const Tensor<double> x({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(sum(x), 10);
  EXPECT_EQ(mean(x), 2.5);
  EXPECT_EQ(dot(x, x), 30);
  EXPECT_EQ(sum(Tensor<double>()), 0);
  EXPECT_EQ(message_of<ShapeError>([] {
              mean(Tensor<double>({0, 3}));
            }),
            "mean: a tensor of shape (0, 3) has no mean");
}

TEST(Sums, MeansOfRows) {
  EXPECT_EQ(mean_rows(Tensor<float>({2, 3}, {1, 2, 3, 5, 0, -4})), Tensor<float>({3}, {3, 1, -0.5f}));
  EXPECT_EQ(mean_rows(Tensor<std::complex<double>>({2, 1}, {{1, 4}, {2, 0}})),
            Tensor<std::complex<double>>({1}, std::complex<double>(1.5, 2)));
  // A float that has reached 2^24 does not grow by 1, however often.
  Tensor<float> x({4097, 1}, 1);
  x[0] = 0x1p24f;
  EXPECT_EQ(mean_rows(x)[0], static_cast<float>((0x1p24 + 4096) / 4097));
  EXPECT_EQ(message_of<ShapeError>([] {
              mean_rows(Tensor<float>({0, 4}));
            }),
            "mean_rows: x is (0, 4): no rows have no mean");
  EXPECT_EQ(message_of<ShapeError>([] { mean_rows(Tensor<float>({4})); }),
            "mean_rows: x is (4) but a matrix (rows, columns) was expected");
}

TEST(RowsByNumber, AreSlicedAndGathered) {
  const Tensor<int> x({3, 2}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(slice_rows(x, 1, 2), Tensor<int>({2, 2}, {3, 4, 5, 6}));
  EXPECT_EQ(slice_rows(x, 3, 0), Tensor<int>({0, 2}));
  EXPECT_EQ(gather_rows(x, {2, 0, 2}), Tensor<int>({3, 2}, {5, 6, 1, 2, 5, 6}));
  EXPECT_EQ(gather_rows(x, {}), Tensor<int>({0, 2}));
  const Tensor<int> deep({2, 1, 2, 1}, {1, 2, 3, 4});
  EXPECT_EQ(gather_rows(deep, {1}), Tensor<int>({1, 1, 2, 1}, {3, 4}));
}

TEST(RowsByNumber, SayWhichRowIsNotThere) {
  const Tensor<float> x({3, 2});
  EXPECT_EQ(message_of<ShapeError>([&] { slice_rows(x, 2, 2); }), "slice_rows: 2 rows from row 2 of (3, 2)");
  EXPECT_THROW(slice_rows(x, 1, std::numeric_limits<std::size_t>::max()), ShapeError);
  EXPECT_EQ(message_of<ShapeError>([&] { gather_rows(x, {0, 3}); }), "gather_rows: row 3 of (3, 2)");
  EXPECT_THROW(slice_rows(Tensor<float>(Shape(nullptr, 0)), 0, 0), ShapeError);
}
