#include "mend/check/gradient_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

#include "check/rejected.hpp"
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
// students make and that checks in use let pass; each must be rejected and told from the others, whatever the seed.
// (Many more are planted in the library's own source by tests/mutants.)

namespace {

enum class Mistake {
  none,
  ignores_upstream,
  ignores_upstream_in_weight,
  keeps_first_batch,
  steps_by_itself,
  upstream_of_first_row,
  squares_upstream,
  dx_sign,
  dx_zero,
  dx_shape,
  dx_last_row_zero,
  weight_times_batch,
  weight_over_batch,
  weight_replaced,
  weight_added_once_more,
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

  Tensor<T> forward(Tensor<T> x) override {
    if (mistake_ == Mistake::keeps_first_batch && x_.rank() == 2) {
      Dense<T>::forward(x_);
      return this->predict(x);
    }
    x_ = x;
    return Dense<T>::forward(std::move(x));
  }

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
      case Mistake::keeps_first_batch:
        break;
      case Mistake::steps_by_itself:
        this->parameters()[0]->value -= dw * T(0.1f);
        break;
      case Mistake::upstream_of_first_row:
        weight = weight_before + matmul_tn(slice_rows(x_, 0, 1), slice_rows(upstream, 0, 1));
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
      case Mistake::weight_added_once_more:
        weight = weight_before + weight_before + dw;
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
  Tensor<T> x_;  // of the last forward, or of the first
};

void expect_rejected(Mistake mistake, const std::string& tensor, Cause cause, const std::string& text = "") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    expect_rejected(check_layer([mistake]<class T>(Random& random) { return Mistaken<T>(mistake, random); },
                                Shape{5, 4}, {.seed = seed}),
                    tensor, cause, text);
}

}  // namespace

TEST(GradientCheck, RejectsABackwardThatIgnoresItsUpstream) {
  expect_rejected(Mistake::ignores_upstream, "", Cause::upstream_ignored);
  expect_rejected(Mistake::ignores_upstream_in_weight, "weight", Cause::upstream_ignored);
  expect_rejected(Mistake::squares_upstream, "", Cause::not_linear);
}

// Ones would let a layer pass that puts ones in the place of dy, and one sign a mask that asks for the sign of dy.

TEST(GradientCheck, DrawsAnUpstreamThatIsNeverOnes) {
  struct Recorder : Relu<double> {
    Tensor<double> seen;
    Tensor<double> backward(Tensor<double> dy) override {
      return Relu<double>::backward(seen = std::move(dy));
    }
  } layer;
  Relu<Complex> twin;
  Random random(1);
  const Tensor<double> x = random_normal({5, 8}, random);
  EXPECT_TRUE(check_layer(layer, twin, x).passed());
  const auto positive = std::count_if(layer.seen.begin(), layer.seen.end(), [](double v) { return v > 0; });
  EXPECT_GT(positive, 5);
  EXPECT_LT(positive, 35);
  std::set<double> sizes;
  for (const double v : layer.seen) sizes.insert(std::abs(v));
  EXPECT_EQ(sizes.size(), x.size()) << "no two are alike";
  const auto other = layer.seen;
  EXPECT_TRUE(check_layer(layer, twin, x, {.seed = 2}).passed());
  EXPECT_NE(layer.seen, other) << "another seed, another upstream gradient";
}

TEST(GradientCheck, RejectsAWrongInputGradient) {
  expect_rejected(Mistake::dx_sign, "x", Cause::sign);
  expect_rejected(Mistake::dx_zero, "x", Cause::zero);
  expect_rejected(Mistake::dx_shape, "x", Cause::wrong_shape,
                  "the gradient is (4, 5) but the tensor is (5, 4)");
  expect_rejected(Mistake::dx_last_row_zero, "x", Cause::border,
                  "4 of 20 entries are wrong, all of them at the last");
}

TEST(GradientCheck, RejectsAWrongWeightGradient) {
  expect_rejected(Mistake::weight_times_batch, "weight", Cause::times_n, "5 times");
  expect_rejected(Mistake::weight_over_batch, "weight", Cause::over_n, "1/5 of");
  expect_rejected(Mistake::weight_replaced, "weight", Cause::overwrites);
  expect_rejected(Mistake::weight_added_once_more, "weight", Cause::adds_twice);
  expect_rejected(Mistake::weight_shape, "weight", Cause::wrong_shape,
                  "the gradient is (3, 4) but the tensor is (4, 3)");
  expect_rejected(Mistake::weight_one_wrong, "weight", Cause::one_coordinate, "(3, 2) is ");
  expect_rejected(Mistake::weight_a_thousandth_off, "weight", Cause::constant_factor, "1.001 times");
  expect_rejected(Mistake::weight_nan, "weight", Cause::not_finite, "(1, 1) is nan");
  expect_rejected(Mistake::upstream_of_first_row, "weight", Cause::one_example, "row 0 alone");
  expect_rejected(Mistake::keeps_first_batch, "weight", Cause::stale);
}

// Whatever the diagnosis, the report names the worst entry and both its values.

TEST(GradientCheck, NamesTheWorstEntryAndBothItsValues) {
  const auto make = []<class T>(Random& random) { return Mistaken<T>(Mistake::weight_over_batch, random); };
  const CheckReport report = check_layer(make, Shape{5, 4});
  const std::string& text = report.tensors.at(1).complaint;
  const std::size_t at = text.find("; worst at (");
  ASSERT_NE(at, std::string::npos) << report;
  double found = 0, wanted = 0;
  unsigned row = 0, column = 0;
  ASSERT_EQ(std::sscanf(text.c_str() + at, "; worst at (%u, %u): %lf instead of %lf", &row, &column, &found,
                        &wanted),
            4)
      << text;
  EXPECT_LT(row, 4u);
  EXPECT_LT(column, 3u);
  EXPECT_NEAR(found / wanted, 0.2, 1e-3) << text;
}

TEST(GradientCheck, RejectsAWrongBiasGradient) {
  expect_rejected(Mistake::bias_zero, "bias", Cause::zero);
  expect_rejected(Mistake::bias_mean, "bias", Cause::over_n);
  expect_rejected(Mistake::bias_first_row, "bias", Cause::one_example, "row 0 alone");
  expect_rejected(Mistake::bias_replaced, "bias", Cause::overwrites);
}

TEST(GradientCheck, RejectsABackwardThatTakesTheStepItself) {
  expect_rejected(Mistake::steps_by_itself, "weight", Cause::argument_changed,
                  "changes the parameter itself");
}

// A batch of one row is weak, but what is kept of the batch before shows all the same.

TEST(GradientCheck, FindsWhatIsKeptOfABatchOfOne) {
  const auto make = []<class T>(Random& random) { return Mistaken<T>(Mistake::keeps_first_batch, random); };
  expect_rejected(check_layer(make, Shape{1, 4}), "weight", Cause::stale);
}

// With two rows a half may be 1/N or a forgotten 2. A layer has no square to forget the 2 of.

TEST(GradientCheck, ReadsAHalfAsOneOverNInALayer) {
  const auto make = []<class T>(Random& random) {
    struct Halves : Dense<T> {
      using Dense<T>::Dense;
      Tensor<T> backward(Tensor<T> dy) override { return Dense<T>::backward(dy * T(0.5f)); }
    };
    return Halves(4, 3, random);
  };
  expect_rejected(check_layer(make, Shape{2, 4}), "", Cause::over_n, "1/2 of");
}

// One number is always some factor of another; the better explanation goes first.

TEST(GradientCheck, AsksTheSuspectsAboutASingleNumber) {
  const auto make = []<class T>(Random& random) {
    struct FirstRow : Dense<T> {
      using Dense<T>::Dense;
      Tensor<T> backward(Tensor<T> dy) override {
        Tensor<T>& bias = this->parameters()[1]->grad;
        const T before = bias[0], first = dy[0];
        Tensor<T> dx = Dense<T>::backward(std::move(dy));
        bias[0] = before + first;
        return dx;
      }
    };
    return FirstRow(4, 1, random);
  };
  expect_rejected(check_layer(make, Shape{5, 4}), "bias", Cause::one_example, "row 0 alone");
}

TEST(GradientCheck, RejectsAForwardThatDoesNotRepeatItself) {
  const auto make = []<class T>(Random& random) {
    struct Unlisted : Dropout<T> {
      using Dropout<T>::Dropout;
      std::vector<Random*> random_streams() override { return {}; }
    };
    return Unlisted(0.5, random);
  };
  expect_rejected(check_layer(make, Shape{5, 4}), "", Cause::not_repeatable, "random_streams()");
}

// A dW whose shape does not even fit the products of backward is a verdict as well, not a crash.

TEST(GradientCheck, ReportsABackwardThatThrows) {
  const auto make = []<class T>(Random& random) {
    struct Throws : Dense<T> {
      using Dense<T>::Dense;
      Tensor<T> backward(Tensor<T> dy) override { return matmul(dy, this->weight()); }  // dy W, not dy W^T
    };
    return Throws(4, 3, random);
  };
  expect_rejected(check_layer(make, Shape{5, 4}), "", Cause::wrong_shape, "backward fails: matmul: ");
}

TEST(GradientCheck, RefusesATwinOfAnotherArchitecture) {
  Random random(1);
  Dense<double> layer(4, 3, random);
  Dense<Complex> twin(4, 2, random);
  EXPECT_THROW(check_layer(layer, twin, Tensor<double>({5, 4})), Error);
}

// --- element by element ------------------------------------------------------------------------------------

namespace {

enum class Slope { right, forgotten, twice, from_upstream, from_upstream_alone };

// A sigmoid whose backward makes a mistake with its slope.
template <class T>
struct MistakenSigmoid : Sigmoid<T> {
  Slope slope;
  Tensor<T> y;
  explicit MistakenSigmoid(Slope which) : slope(which) {}
  Tensor<T> forward(Tensor<T> x) override { return y = Sigmoid<T>::forward(std::move(x)); }
  Tensor<T> backward(Tensor<T> dy) override {
    for (std::size_t i = 0; i < dy.size(); ++i) {
      const T s = y[i] * (T(1) - y[i]), open = T(real_part(dy[i]) > 0);
      dy[i] *= slope == Slope::forgotten             ? T(1)
               : slope == Slope::twice               ? s * s
               : slope == Slope::from_upstream       ? s * open
               : slope == Slope::from_upstream_alone ? open
                                                     : s;
    }
    return dy;
  }
};

CheckReport check_sigmoid(Slope slope) {
  return check_layer([slope]<class T>(Random&) { return MistakenSigmoid<T>(slope); }, Shape{5, 4});
}

}  // namespace

TEST(GradientCheck, TellsMistakesWithASlopeApart) {
  EXPECT_TRUE(check_sigmoid(Slope::right).passed());
  expect_rejected(check_sigmoid(Slope::forgotten), "x", Cause::slope_forgotten);
  expect_rejected(check_sigmoid(Slope::twice), "x", Cause::slope_twice);
  // What also depends on the sign of dy is not linear in it, but three times dy cannot show that.
  expect_rejected(check_sigmoid(Slope::from_upstream), "x", Cause::mask_from_upstream);
  expect_rejected(check_sigmoid(Slope::from_upstream_alone), "x", Cause::mask_from_upstream);
}

// Where only one branch of a layer is wrong, that is said, and by how much.

TEST(GradientCheck, NamesTheBranchThatIsWrong) {
  const auto make = []<class T>(Random&) {
    struct Leaks : Relu<T> {  // forward with slope 0.2 below zero, backward with 0.1
      Tensor<T> x;
      Tensor<T> predict(const Tensor<T>& v) const override {
        return map(v, [](T u) { return real_part(u) > 0 ? u : u * T(0.2); });
      }
      Tensor<T> forward(Tensor<T> v) override { return predict(x = std::move(v)); }
      Tensor<T> backward(Tensor<T> dy) override {
        for (std::size_t i = 0; i < dy.size(); ++i) dy[i] *= real_part(x[i]) > 0 ? T(1) : T(0.1);
        return dy;
      }
    };
    return Leaks();
  };
  expect_rejected(check_layer(make, Shape{5, 4}), "x", Cause::one_branch,
                  "those where x < 0, which are 1/2 of what they should be");
}

// --- losses -----------------------------------------------------------------------------------------------

namespace {

// mse with a gradient that was tampered with, at 3 rows of 7.
template <class Spoil>
CheckReport check_spoilt_mse(Spoil spoil, std::uint64_t seed = 1) {
  Random random(seed);
  const auto loss = [&]<class T>(const Tensor<T>& y, const Tensor<T>& target) {
    Loss<T> result = mse(y, target);
    if constexpr (std::is_same_v<T, double>) spoil(result.gradient);
    return result;
  };
  const Tensor<double> y = random_normal({3, 7}, random), target = random_normal({3, 7}, random);
  return check_loss(loss, y, target);
}

}  // namespace

TEST(GradientCheck, RejectsWrongLosses) {
  using Gradient = Tensor<double>;
  const auto reject = [](auto spoil, Cause cause, const std::string& text = "") {
    expect_rejected(check_spoilt_mse(spoil), "y", cause, text);
  };
  reject([](Gradient& g) { g *= 0.5; }, Cause::half);
  reject([](Gradient& g) { g *= 2; }, Cause::twice);
  reject([](Gradient& g) { g *= -1; }, Cause::sign);
  reject([](Gradient& g) { g *= 3; }, Cause::times_n);
  reject([](Gradient& g) { g *= 7; }, Cause::times_d);
  reject([](Gradient& g) { g *= 21; }, Cause::times_size);
  reject([](Gradient& g) { g *= 1.0 / 7; }, Cause::over_d);
  reject([](Gradient& g) { g *= 1.0 / 21; }, Cause::over_size);
  reject([](Gradient& g) { g.fill(0); }, Cause::zero);
  reject([](Gradient& g) { g = transpose(g); }, Cause::wrong_shape, "(7, 3)");
  reject([](Gradient& g) { g = transpose(g).reshaped({3, 7}); }, Cause::transposed);
  reject([](Gradient& g) { g += Gradient(g.shape(), 0.25); }, Cause::offset, "0.25");
  reject([](Gradient& g) { g(2, 6) += 1e-9; }, Cause::one_coordinate, "(2, 6)");
  reject([](Gradient& g) { g(1, 2) = g(2, 3) = 5; }, Cause::some_coordinates, "2 of 21");
}

TEST(GradientCheck, RejectsALossAtItsMinimumAsVacuous) {
  const Tensor<double> y({2, 3}, 0.5);
  expect_rejected(check_loss([](const auto& v, const auto& t) { return mse(v, t); }, y, y), "y",
                  Cause::vacuous);
}

TEST(GradientCheck, RejectsALossThatIsCoarseInFloat) {
  Random random(1);
  const auto loss = []<class T>(const Tensor<T>& y, const Tensor<T>& target) {
    Loss<T> result = mse(y, target);
    if (std::is_same_v<T, float>) result.gradient *= T(1.001f);
    return result;
  };
  const Tensor<double> y = random_normal({3, 7}, random), target = random_normal({3, 7}, random);
  expect_rejected(check_loss(loss, y, target), "y", Cause::float_differs);
  EXPECT_TRUE(check_loss(loss, y, target, {.float_tolerance = 1e-2}).passed());
}

// --- a whole network -----------------------------------------------------------------------------------------

namespace {

const auto network = []<class T>(Random& random) {
  Sequential<T> net;
  net.template add<Dense>(4, 6, random).template add<Relu>().template add<Dropout>(0.2, random);
  net.template add<Dense>(6, 3, random).template add<Sigmoid>();
  return net;
};

}  // namespace

TEST(GradientCheck, ChecksANetworkWithItsLoss) {
  Random random(1);
  const Tensor<double> x = random_normal({5, 4}, random), target = random_normal({5, 3}, random);
  const CheckReport report = check_network(
      network, [](const auto& y, const auto& t) { return mse(y, t); }, x, target);
  EXPECT_TRUE(report.passed()) << report;
  std::vector<std::string> names;
  for (const TensorCheck& t : report.tensors) names.push_back(t.name);
  EXPECT_EQ(names, (std::vector<std::string>{"x", "0.weight", "0.bias", "3.weight", "3.bias"}));
}

TEST(GradientCheck, RejectsANetworkWithAWrongLoss) {
  Random random(1);
  const Tensor<double> x = random_normal({5, 4}, random), target = random_normal({5, 3}, random);
  const auto without_two = [](const auto& y, const auto& t) {
    auto loss = mse(y, t);
    loss.gradient *= 0.5f;
    return loss;
  };
  expect_rejected(check_network(network, without_two, x, target), "", Cause::half);
}

TEST(GradientCheck, BlamesTheLossForAGradientOfAnotherShape) {
  Random random(1);
  const Tensor<double> x = random_normal({5, 4}, random), target = random_normal({5, 3}, random);
  const auto turned = [](const auto& y, const auto& t) {
    auto loss = mse(y, t);
    loss.gradient = transpose(loss.gradient);
    return loss;
  };
  expect_rejected(check_network(network, turned, x, target), "y", Cause::wrong_shape,
                  "the gradient of the loss is (3, 5) but y is (5, 3)");
}

TEST(GradientCheck, FindsTheMistakenLayerOfANetwork) {
  const auto with_mistake = []<class T>(Random& random) {
    Sequential<T> net;
    net.template add<Relu>();
    net.add(std::make_unique<Mistaken<T>>(Mistake::bias_mean, random));
    return net;
  };
  Random random(1);
  const Tensor<double> x = random_normal({5, 4}, random), target = random_normal({5, 3}, random);
  expect_rejected(check_network(
                      with_mistake, [](const auto& y, const auto& t) { return mse(y, t); }, x, target),
                  "1.bias", Cause::over_n);
}

// --- and right ones are accepted, always ---------------------------------------------------------------------

TEST(GradientCheck, AcceptsWhatIsRightForAHundredSeeds) {
  const auto dense = []<class T>(Random& random) { return Mistaken<T>(Mistake::none, random); };
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    for (const CheckReport& report :
         {check_layer(dense, Shape{5, 4}, {.seed = seed}), check_layer(network, Shape{5, 4}, {.seed = seed}),
          check_spoilt_mse([](Tensor<double>&) {}, seed)})
      EXPECT_TRUE(report.passed()) << "seed " << seed << "\n" << report;
  }
}

// --- what it leaves behind ------------------------------------------------------------------------------------

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
    const double variance = p->name == "bias" ? 0.25 : 1.0 / 40;
    EXPECT_NEAR(dot(p->value, p->value) / static_cast<double>(p->value.size()) / variance, 1, 0.5) << p->name;
  }
}
