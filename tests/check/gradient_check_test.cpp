#include "mend/check/gradient_check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/layers/sigmoid.hpp"
#include "mend/losses/mse.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

using namespace mend;
using Complex = std::complex<double>;

// A check that has never failed proves nothing. Here are layers and losses with one mistake each, of the kinds that
// students make and that checks in use let pass; each must be rejected, for the right reason, whatever the seed.

namespace {

enum class Mistake {
  none,
  ignores_upstream,
  ignores_upstream_in_weight,
  squares_upstream,
  dx_sign,
  dx_zero,
  dx_shape,
  dx_last_row_zero,
  weight_times_batch,
  weight_over_batch,
  weight_replaced,
  weight_shape,
  weight_one_wrong,
  weight_a_thousandth_off,
  weight_nan,
  bias_zero,
  bias_mean,
  bias_first_row,
  bias_replaced,
};

// A dense layer that makes one mistake in backward, on 5 examples, from 4 to 3.
template <class T>
class Mistaken : public Dense<T> {
 public:
  Mistaken(Mistake mistake, Random& random) : Dense<T>(4, 3, random), mistake_(mistake) {}

  Tensor<T> backward(Tensor<T> dy) override {
    Tensor<T>&weight = this->parameters()[0]->grad, &bias = this->parameters()[1]->grad;
    const Tensor<T> weight_before = weight, bias_before = bias, upstream = dy;
    if (mistake_ == Mistake::ignores_upstream) dy.fill(T(1));
    if (mistake_ == Mistake::squares_upstream) dy = multiply(dy, dy);
    Tensor<T> dx = Dense<T>::backward(std::move(dy));
    const Tensor<T> dw = weight - weight_before, db = bias - bias_before;
    switch (mistake_) {
      case Mistake::none:
      case Mistake::ignores_upstream:
      case Mistake::squares_upstream:
        break;
      case Mistake::ignores_upstream_in_weight:
        weight = weight_before + Tensor<T>(dw.shape(), T(1));
        break;
      case Mistake::dx_sign:
        dx *= T(-1);
        break;
      case Mistake::dx_zero:
        dx.fill(T(0));
        break;
      case Mistake::dx_shape:
        dx = transpose(dx);
        break;
      case Mistake::dx_last_row_zero:
        std::fill(dx.end() - 4, dx.end(), T(0));
        break;
      case Mistake::weight_times_batch:
        weight = weight_before + dw * T(5);
        break;
      case Mistake::weight_over_batch:
        weight = weight_before + dw * T(0.2);
        break;
      case Mistake::weight_replaced:
        weight = dw;
        break;
      case Mistake::weight_shape:
        weight = transpose(dw);
        break;
      case Mistake::weight_one_wrong:
        weight(3, 2) = weight_before(3, 2) + dw(3, 2) * T(0.5);
        break;
      case Mistake::weight_a_thousandth_off:
        weight = weight_before + dw * T(1.001);
        break;
      case Mistake::weight_nan:
        weight(1, 1) = T(std::numeric_limits<double>::quiet_NaN());
        break;
      case Mistake::bias_zero:
        bias = bias_before;
        break;
      case Mistake::bias_mean:
        bias = bias_before + db * T(0.2);
        break;
      case Mistake::bias_first_row:
        bias = bias_before + slice_rows(upstream, 0, 1).reshaped({3});
        break;
      case Mistake::bias_replaced:
        bias = db;
        break;
    }
    return dx;
  }

 private:
  Mistake mistake_;
};

// Expects that the tensor of this name is the only one rejected (all when empty), with a complaint that contains the text.
void expect_rejected(const CheckReport& report, const std::string& tensor, const std::string& text) {
  EXPECT_FALSE(report.passed()) << report;
  for (const TensorCheck& t : report.tensors) {
    if (tensor.empty() || t.name == tensor)
      EXPECT_NE(t.complaint.find(text), std::string::npos) << "expected: " << text << "\n" << report;
    else
      EXPECT_EQ(t.complaint, "") << t.name << " is innocent\n" << report;
  }
}

void expect_rejected(Mistake mistake, const std::string& tensor, const std::string& text) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    expect_rejected(check_layer([mistake]<class T>(Random& random) { return Mistaken<T>(mistake, random); },
                                Shape{5, 4}, {.seed = seed}),
                    tensor, text);
}

}  // namespace

TEST(GradientCheck, RejectsABackwardThatIgnoresItsUpstream) {
  expect_rejected(Mistake::ignores_upstream, "", "ignores its upstream gradient");
  expect_rejected(Mistake::ignores_upstream_in_weight, "weight", "ignores its upstream gradient");
  expect_rejected(Mistake::squares_upstream, "", "not linear in its upstream gradient");
}

TEST(GradientCheck, RejectsAWrongInputGradient) {
  expect_rejected(Mistake::dx_sign, "x", "sign is wrong everywhere");
  expect_rejected(Mistake::dx_zero, "x", "zero everywhere");
  expect_rejected(Mistake::dx_shape, "x", "the gradient is (4, 5) but the tensor is (5, 4)");
  expect_rejected(Mistake::dx_last_row_zero, "x", "4 of 20 coordinates are wrong, worst (4, ");
}

TEST(GradientCheck, RejectsAWrongWeightGradient) {
  expect_rejected(Mistake::weight_times_batch, "weight", "everywhere it is 5 times what it should be");
  expect_rejected(Mistake::weight_over_batch, "weight", "everywhere it is 1/5 times what it should be");
  expect_rejected(Mistake::weight_replaced, "weight", "must add to the gradient of the first");
  expect_rejected(Mistake::weight_shape, "weight", "the gradient is (3, 4) but the tensor is (4, 3)");
  expect_rejected(Mistake::weight_one_wrong, "weight", "1 of 12 coordinates are wrong, worst (3, 2): ");
  expect_rejected(Mistake::weight_a_thousandth_off, "weight", "everywhere it is 1.001 times");
  expect_rejected(Mistake::weight_nan, "weight", "1 of 12 coordinates are wrong, worst (1, 1): nan");
}

TEST(GradientCheck, RejectsAWrongBiasGradient) {
  expect_rejected(Mistake::bias_zero, "bias", "zero everywhere");
  expect_rejected(Mistake::bias_mean, "bias", "everywhere it is 1/5 times");
  expect_rejected(Mistake::bias_first_row, "bias", "3 of 3 coordinates are wrong");
  expect_rejected(Mistake::bias_replaced, "bias", "must add to the gradient of the first");
}

// --- mistakes of the forward pass, and twins that are none -------------------------------------------------

namespace {

// y = 0 x + b: the input does not matter, and a gradient of zero is right. It still must fail, for a check that compares
// zero with zero is no check.
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

}  // namespace

TEST(GradientCheck, RejectsAVacuousGradient) {
  expect_rejected(check_layer([]<class T>(Random&) { return Deaf<T>(); }, Shape{5, 4}), "x", "vacuous");
}

TEST(GradientCheck, AsksBothOracles) {
  expect_rejected(check_layer([]<class T>(Random&) { return NotAnalytic<T>(); }, Shape{5, 4}), "x",
                  "vacuous");
  expect_rejected(check_layer([]<class T>(Random&) { return TwinTellsAnotherStory<T>(); }, Shape{5, 4}), "x",
                  "differs from the central difference by 0.2: everywhere it is 1/1.5 times");
}

// In a large tensor one wrong coordinate hides in the norm: here it moves that by 5e-7, but is off by 2e-5 itself.

TEST(GradientCheck, LooksAtEachCoordinateToo) {
  const auto value_and_gradient = [](const Tensor<double>& y) {
    return Loss<double>{sum(y) + 2e-5 * y[123], Tensor<double>(y.shape(), 1.0)};
  };
  const CheckReport report = check_function(
      value_and_gradient, [](const Tensor<Complex>& y) { return sum(y); }, Tensor<double>({20, 20}, 0.1));
  expect_rejected(report, "y", "one coordinate differs from the central difference by 2e-05");
}

TEST(GradientCheck, RefusesATwinOfAnotherArchitecture) {
  Random random(1);
  Dense<double> layer(4, 3, random);
  Dense<Complex> twin(4, 2, random);
  EXPECT_THROW(check_layer(layer, twin, Tensor<double>({5, 4})), Error);
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

CheckReport check_at_zeros(double slope, std::size_t zeros, double kink_share) {
  ReluWithSlopeAtZero<double> layer(slope);
  ReluWithSlopeAtZero<Complex> twin(slope);
  Random random(1);
  Tensor<double> x = random_normal({5, 8}, random);
  for (std::size_t i = 0; i < zeros; ++i) x[i * 7 + 3] = 0;
  return check_layer(layer, twin, x, {.kink_share = kink_share});
}

}  // namespace

// At zero, any slope from 0 to 1 is a subgradient. The complex step, which can only know the one that the forward pass
// happens to take, has no say there.

TEST(GradientCheck, AcceptsAnySubgradientAtAKink) {
  for (const double slope : {0.0, 0.25, 0.5, 1.0}) {
    const CheckReport report = check_at_zeros(slope, 2, 0.05);
    EXPECT_TRUE(report.passed()) << slope << "\n" << report;
    EXPECT_EQ(report.tensors[0].kinks, 2);
  }
}

TEST(GradientCheck, RejectsWhatIsNoSubgradient) {
  for (const double slope : {-0.01, 1.01, 2.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
    expect_rejected(check_at_zeros(slope, 2, 0.05), "x", "at the kink (0, 3) the gradient ");
}

TEST(GradientCheck, RejectsTooManyKinks) {
  EXPECT_TRUE(check_at_zeros(0, 2, 0.05).passed());
  expect_rejected(check_at_zeros(0, 3, 0.05), "x", "3 of 40 coordinates at a kink");
  EXPECT_TRUE(check_at_zeros(0, 3, 0.1).passed());
}

// A unit that is zero for a whole example puts a bias at a kink as well, not only an input.

TEST(GradientCheck, FindsKinksInsideANetwork) {
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

// --- losses -----------------------------------------------------------------------------------------------

namespace {

template <class Spoil>
CheckReport check_spoilt_mse(Spoil spoil, std::uint64_t seed = 1) {
  Random random(seed);
  const auto loss = [&](const auto& y, const auto& target) {
    auto result = mse(y, target);
    if constexpr (std::is_same_v<decltype(result), Loss<double>>) spoil(result.gradient);
    return result;
  };
  return check_loss(loss, random_normal({3, 7}, random), random_normal({3, 7}, random));
}

}  // namespace

TEST(GradientCheck, RejectsWrongLosses) {
  using Gradient = Tensor<double>;
  expect_rejected(check_spoilt_mse([](Gradient& g) { g *= 0.5; }), "y", "everywhere it is 1/2 times");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g *= -1; }), "y", "sign is wrong");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g *= 3; }), "y", "everywhere it is 3 times");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g.fill(0); }), "y", "zero everywhere");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g = transpose(g); }), "y", "the gradient is (7, 3)");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g(2, 6) += 1e-9; }), "y",
                  "differs from the complex step");
  expect_rejected(check_spoilt_mse([](Gradient& g) { g(1, 2) += 0.1; }), "y", "worst (1, 2)");
}

TEST(GradientCheck, RejectsALossAtItsMinimumAsVacuous) {
  const Tensor<double> y({2, 3}, 0.5);
  const auto loss = [](const auto& v, const auto& target) { return mse(v, target); };
  expect_rejected(check_loss(loss, y, y), "y", "vacuous");
}

// --- and right ones are accepted, always ---------------------------------------------------------------------

TEST(GradientCheck, AcceptsWhatIsRightForAHundredSeeds) {
  const auto dense = []<class T>(Random& random) { return Mistaken<T>(Mistake::none, random); };
  const auto net = []<class T>(Random& random) {
    Sequential<T> made;
    made.template add<Dense>(4, 6, random).template add<Relu>().template add<Dropout>(0.2, random);
    made.template add<Dense>(6, 3, random).template add<Sigmoid>();
    return made;
  };
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    for (const CheckReport& report :
         {check_layer(dense, Shape{5, 4}, {.seed = seed}), check_layer(net, Shape{5, 4}, {.seed = seed}),
          check_spoilt_mse([](Tensor<double>&) {}, seed)})
      EXPECT_TRUE(report.passed()) << "seed " << seed << "\n" << report;
  }
}

// --- what it leaves behind and what it says --------------------------------------------------------------------

TEST(GradientCheck, LeavesTheLayerAsOneBackwardWould) {
  Dense<double> layer(Tensor<double>({1, 1}, {2}), Tensor<double>({1}, {3}));
  Dense<Complex> twin(Tensor<Complex>({1, 1}), Tensor<Complex>({1}));
  EXPECT_TRUE(check_layer(layer, twin, Tensor<double>({1, 1}, {1})).passed());
  EXPECT_EQ(layer.weight(), Tensor<double>({1, 1}, {2}));
  EXPECT_EQ(layer.bias(), Tensor<double>({1}, {3}));
  EXPECT_EQ(twin.weight(), cast<Complex>(layer.weight()));
  const double upstream = std::abs(layer.parameters()[1]->grad[0]);  // the bias of one example passes it on
  EXPECT_GE(upstream, 0.5);
  EXPECT_LE(upstream, 1.5);
}

TEST(GradientCheck, RandomizesBiasesToo) {
  Random random(1);
  Dense<double> layer(40, 30, random);
  randomize_parameters(layer, random);
  for (const Parameter<double>* p : layer.parameters()) {
    EXPECT_EQ(std::count(p->value.begin(), p->value.end(), 0.0), 0) << p->name;
    EXPECT_NEAR(dot(p->value, p->value) / static_cast<double>(p->value.size()), 0.25, 0.15) << p->name;
  }
}

TEST(GradientCheck, ReportsOneLinePerTensor) {
  const CheckReport report{
      {{"x", {5, 4}, 1e-17, 2e-11, 0, ""}, {"0.branch.weight", {4, 3}, 0.5, 0.5, 2, "wrong"}}};
  EXPECT_FALSE(report.passed());
  std::ostringstream out;
  out << report;
  EXPECT_EQ(out.str(),
            "x               (5, 4)       complex step 1.0e-17  central difference 2.0e-11  OK\n"
            "0.branch.weight (4, 3)       complex step 5.0e-01  central difference 5.0e-01  kinks 2  FAIL: "
            "wrong\n");
}
