#include "mend/check/tensor_check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "check/rejected.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

using namespace mend;
using Complex = std::complex<double>;

// --- what a check must not take for a proof ----------------------------------------------------------------

namespace {

// y = 1: the input does not matter, and a gradient of zero is right. It still must fail, for a check that compares zero
// with zero is no check.
template <class T>
struct Deaf : Relu<T> {
  Tensor<T> predict(const Tensor<T>& x) const override { return Tensor<T>(x.shape(), T(1)); }
  Tensor<T> forward(Tensor<T> x) override { return predict(x); }
  Tensor<T> backward(Tensor<T> dy) override { return Tensor<T>(dy.shape()); }
};

// y = |x|^2 through conj: right in double, but not analytic, so the complex step sees nothing of it.
template <class T>
struct NotAnalytic : Relu<T> {
  Tensor<T> x;
  Tensor<T> forward(Tensor<T> v) override {
    x = v;
    return map(v, [](T u) { return T(std::norm(u)); });
  }
  Tensor<T> backward(Tensor<T> dy) override { return multiply(dy, x * T(2)); }
};

// Right over the complex numbers, wrong in double: only the central difference can know.
template <class T>
struct TwinTellsAnotherStory : Relu<T> {
  Tensor<T> forward(Tensor<T> v) override { return v * (std::is_same_v<T, double> ? T(3) : T(2)); }
  Tensor<T> backward(Tensor<T> dy) override { return dy * T(2); }
};

template <template <class> class L>
CheckReport check(const CheckOptions& options = {}) {
  return check_layer([]<class T>(Random&) { return L<T>(); }, Shape{5, 4}, options);
}

// The sum of a tensor, except that something is added to it for real numbers alone.
CheckReport check_sum(
    const Shape& shape, const std::function<double(const Tensor<double>&)>& extra,
    const std::function<void(Tensor<double>&)>& spoil = [](Tensor<double>&) {}) {
  const auto value_and_gradient = [&](const Tensor<double>& y) {
    Loss<double> loss{sum(y) + extra(y), Tensor<double>(y.shape(), 1.0)};
    spoil(loss.gradient);
    return loss;
  };
  return check_function(
      value_and_gradient, [](const Tensor<Complex>& y) { return sum(y); }, Tensor<double>(shape, 0.1));
}

double nothing(const Tensor<double>&) { return 0; }

}  // namespace

TEST(TensorCheck, RejectsAVacuousGradient) {
  expect_rejected(check<Deaf>(), "x", Cause::vacuous, "nothing was checked");
}

TEST(TensorCheck, AcceptsAZeroThatIsDeclared) {
  const CheckReport report = check<Deaf>({.zero_by_design = {"x"}});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_FALSE(check<Relu>({.zero_by_design = {"x"}}).passed()) << "declared, but not zero";
  EXPECT_FALSE(check<Deaf>({.zero_by_design = {"y"}}).passed()) << "another tensor was declared";
}

TEST(TensorCheck, AsksBothOracles) {
  expect_rejected(check<NotAnalytic>(), "x", Cause::not_analytic, "the complex step sees no slope");
  expect_rejected(check<TwinTellsAnotherStory>(), "x", Cause::not_analytic,
                  "the central difference rejects what the other accepts");
  expect_rejected(check_sum({5, 4}, [](const Tensor<double>& y) { return y[3]; }), "y", Cause::not_analytic);
}

// Zero by design must be zero everywhere, for both oracles, and outside of the sample as well.

TEST(TensorCheck, RejectsADeclaredZeroThatIsNone) {
  EXPECT_FALSE(check<NotAnalytic>({.zero_by_design = {"x"}}).passed())
      << "the central difference knows better";
  const auto constant = [](double wrong) {
    return check_function(
        [wrong](const Tensor<double>& y) {
          Loss<double> loss{1, Tensor<double>(y.shape())};
          loss.gradient[12'345] = wrong;
          return loss;
        },
        [](const Tensor<Complex>&) { return Complex(1); }, Tensor<double>({100, 1000}, 0.1),
        {.zero_by_design = {"y"}});
  };
  EXPECT_TRUE(constant(0).passed());
  EXPECT_FALSE(constant(1e6).passed());
}

// Gradients may be a billion times smaller than the objective. Central differences then lose their digits to rounding,
// which is no fault of backward; the complex step does not.

TEST(TensorCheck, ForgivesTheRoundingOfDifferences) {
  const auto deep = []<class T>(Random& random) {
    Sequential<T> net;
    for (int i = 0; i < 8; ++i) net.template add<Dense>(4, 4, random).template add<Sigmoid>();
    return net;
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const CheckReport report = check_layer(deep, Shape{5, 4}, {.seed = seed});
    EXPECT_TRUE(report.passed()) << "seed " << seed << "\n" << report;
  }
  Dense<double> layer(Tensor<double>({4, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 4}),
                      Tensor<double>({3}, {1, 2, 3}));
  Dense<Complex> twin(Tensor<Complex>({4, 3}), Tensor<Complex>({3}));
  Random random(1);
  const CheckReport report = check_layer(layer, twin, random_normal({5, 4}, random) * 1e6);
  EXPECT_TRUE(report.passed()) << report;
}

TEST(TensorCheck, SaysWhenForwardIsNotFinite) {
  const auto logarithm = [](const auto& y, const auto& target) {
    auto loss = mse(y, target);
    loss.value = std::log(y[0]);
    return loss;
  };
  expect_rejected(check_loss(logarithm, Tensor<double>({3, 7}, -1.0), Tensor<double>({3, 7})), "y",
                  Cause::not_finite, "forward or the loss is not finite");
}

// In a large tensor one wrong coordinate hides in the norm: here it moves that by 5e-7, but is off by 2e-5 itself.

TEST(TensorCheck, LooksAtEachCoordinateToo) {
  expect_rejected(check_sum({20, 20}, [](const Tensor<double>& y) { return 2e-5 * y[123]; }), "y",
                  Cause::one_coordinate, "one entry differs from the central difference by 2e-05");
}

// --- large tensors -------------------------------------------------------------------------------------------

TEST(TensorCheck, ComparesAllEntriesOfASmallTensorAndASampleOfALargeOne) {
  EXPECT_EQ(check_sum({40, 50}, nothing).tensors[0].coordinates, 2000);
  const CheckReport report = check_sum({40, 51}, nothing);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_GE(report.tensors[0].coordinates, 60);
  EXPECT_LE(report.tensors[0].coordinates, 64);
}

// Whatever single entry is wrong, some random direction shows it, and halving finds it.

TEST(TensorCheck, FindsASingleWrongEntryOutsideOfTheSample) {
  for (const std::size_t wrong : {1, 777, 31'415, 99'998}) {
    const CheckReport report =
        check_sum({100, 1000}, nothing, [wrong](Tensor<double>& gradient) { gradient[wrong] += 1e-6; });
    expect_rejected(report, "y", Cause::some_coordinates, coordinate_name({100, 1000}, wrong) + " is wrong");
  }
}

TEST(TensorCheck, SeesACornerInTheSample) {
  for (const std::size_t corner : {0, 999, 99'000, 99'999})
    expect_rejected(
        check_sum({100, 1000}, nothing, [corner](Tensor<double>& gradient) { gradient[corner] = 0; }), "y",
        Cause::one_coordinate, coordinate_name({100, 1000}, corner));
}

// A right choice at a kink may differ from the complex step's. Outside of the sample, too, it is one of many.

TEST(TensorCheck, AcceptsSubgradientsOutsideOfTheSample) {
  struct Above : Relu<double> {  // takes the slope of the right side at zero, on the way forward
    Tensor<double> predict(const Tensor<double>& x) const override { return Relu<double>::predict(x); }
  } layer;
  struct Twin : Relu<Complex> {
    Tensor<Complex> predict(const Tensor<Complex>& x) const override {
      return map(x, [](Complex v) { return v.real() >= 0 ? v : Complex(0); });
    }
    Tensor<Complex> forward(Tensor<Complex> x) override { return predict(x); }
  } twin;
  Random random(1);
  Tensor<double> x = random_normal({60, 40}, random);
  for (std::size_t i = 0; i < 20; ++i) x[i * 117 + 3] = 0;
  const CheckReport report = check_layer(layer, twin, x);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_GE(report.tensors[0].kinks, 15u);
  for (std::size_t i = 0; i < 600; ++i) x[i * 4] = 0;
  expect_rejected(check_layer(layer, twin, x), "x", Cause::kink, "too many");
}

// --- kinks ---------------------------------------------------------------------------------------------

namespace {

// A rectifier with a slope of our choice at zero.
template <class T>
struct ReluWithSlopeAtZero : Relu<T> {
  double at_zero;
  Tensor<T> x;
  explicit ReluWithSlopeAtZero(double slope) : at_zero(slope) {}
  Tensor<T> forward(Tensor<T> v) override {
    x = v;
    return Relu<T>::forward(v);
  }
  Tensor<T> backward(Tensor<T> dy) override {
    for (std::size_t i = 0; i < dy.size(); ++i)
      dy[i] *= x[i] == T(0) ? T(at_zero) : real_part(x[i]) > 0 ? T(1) : T(0);
    return dy;
  }
};

CheckReport check_at_zeros(double slope, std::size_t zeros, double kink_share, double beside = 0) {
  ReluWithSlopeAtZero<double> layer(slope);
  ReluWithSlopeAtZero<Complex> twin(slope);
  Random random(1);
  Tensor<double> x = random_normal({5, 8}, random);
  for (std::size_t i = 0; i < zeros; ++i) x[i * 7 + 3] = beside;
  return check_layer(layer, twin, x, {.kink_share = kink_share});
}

}  // namespace

// At zero, any slope from 0 to 1 is a subgradient. The complex step, which can only know the one that the forward pass
// happens to take, has no say there.

TEST(TensorCheck, AcceptsAnySubgradientAtAKink) {
  for (const double slope : {0.0, 0.25, 0.5, 1.0}) {
    const CheckReport report = check_at_zeros(slope, 2, 0.05);
    EXPECT_TRUE(report.passed()) << slope << "\n" << report;
    EXPECT_EQ(report.tensors[0].kinks, 2);
  }
}

TEST(TensorCheck, RejectsWhatIsNoSubgradient) {
  for (const double slope : {-0.01, 1.01, 2.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
    expect_rejected(check_at_zeros(slope, 2, 0.05), "x", Cause::kink, "at (0, 3) it is ");
}

TEST(TensorCheck, RejectsTooManyKinks) {
  EXPECT_TRUE(check_at_zeros(0, 2, 0.05).passed());
  expect_rejected(check_at_zeros(0, 3, 0.05), "x", Cause::kink, "3 of 40 coordinates lie at a kink");
  EXPECT_TRUE(check_at_zeros(0, 3, 0.1).passed());
}

// A difference that steps over a kink nearby measures a mixture of two slopes. It is found at whatever distance, and
// does not make a right gradient look wrong.

TEST(TensorCheck, SeesAKinkWithinAStep) {
  const double h = std::cbrt(std::numeric_limits<double>::epsilon());
  for (const double beside : {-0.99, -0.5, -0.2, -1e-6, 1e-9, 1e-3, 0.2, 0.25, 0.4, 0.99}) {
    const CheckReport report = check_at_zeros(0, 2, 0.05, beside * h);
    EXPECT_TRUE(report.passed()) << beside << "\n" << report;
    EXPECT_EQ(report.tensors[0].kinks, 2) << beside;
  }
  EXPECT_EQ(check_at_zeros(0, 2, 0.05, 1.01 * h).tensors[0].kinks, 0);
}

// At a jump there is no slope to be between; and no other kink may profit from its steepness.

TEST(TensorCheck, RejectsAJump) {
  const auto jumps = [](const Tensor<double>& y) { return std::floor(y[0]); };
  const auto at = [&](double first, double gradient) {
    Tensor<double> y({5, 8}, 0.5);
    y[0] = first;
    return check_function(
        [&](const Tensor<double>& v) {
          Loss<double> loss{sum(v) + jumps(v), Tensor<double>(v.shape(), 1.0)};
          loss.gradient[0] = gradient;
          return loss;
        },
        [](const Tensor<Complex>& v) { return sum(v); }, y);
  };
  EXPECT_TRUE(at(0.5, 1).passed()) << "beside the jump";
  expect_rejected(at(1, 12'345), "y", Cause::kink, "forward jumps");
}

// A function may bend as sharply as it likes, as long as it bends smoothly.

TEST(TensorCheck, TakesSharpBendsForWhatTheyAre) {
  Random random(1);
  const auto steep = []<class T>(Random& init) {
    Sequential<T> net;
    net.template add<Dense>(Tensor<T>({1, 1}, T(400)), Tensor<T>({1}));
    net.template add<Sigmoid>();
    static_cast<void>(init);
    return net;
  };
  auto layer = steep.operator()<double>(random);
  auto twin = steep.operator()<Complex>(random);
  const CheckReport report = check_layer(layer, twin, random_normal({20, 1}, random) * (1.0 / 400));
  EXPECT_TRUE(report.passed()) << report;
}

// What is wrong away from the kinks is the better explanation.

TEST(TensorCheck, NamesTheMistakeBesideKinks) {
  ReluWithSlopeAtZero<Complex> twin(0);
  Random random(1);
  Tensor<double> x = random_normal({5, 8}, random);
  x[3] = x[10] = 0;
  struct Backwards : ReluWithSlopeAtZero<double> {
    using ReluWithSlopeAtZero<double>::ReluWithSlopeAtZero;
    Tensor<double> backward(Tensor<double> dy) override {
      return ReluWithSlopeAtZero<double>::backward(dy) * -1;
    }
  } wrong(0.5);
  expect_rejected(check_layer(wrong, twin, x), "x", Cause::sign);
}

// A unit that is zero for a whole example puts a bias at a kink as well, not only an input.

TEST(TensorCheck, FindsKinksInsideANetwork) {
  const auto net = []<class T>() {
    Sequential<T> made;
    made.template add<Dense>(Tensor<T>({2, 3}, {1, 2, -1, 1, -1, 2}), Tensor<T>({3}, {-3, 1, 1}));
    made.template add<Relu>();
    return made;
  };
  auto layer = net.operator()<double>();
  auto twin = net.operator()<Complex>();
  const Tensor<double> x({2, 2}, {1, 2, -1, 3});  // x W + b is (0, 1, 4) and (-1, -4, 8)
  const CheckReport report = check_layer(layer, twin, x, {.kink_share = 1});
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_EQ(report.tensors[0].kinks, 2) << "the first example";
  EXPECT_EQ(report.tensors[1].kinks, 2) << "the weights of the first unit";
  EXPECT_EQ(report.tensors[2].kinks, 1) << "the bias of the first unit";
}
