#include "mend/layers/layer.hpp"

#include <gtest/gtest-spi.h>

#include <cmath>
#include <utility>

#include "layers/layer_laws.hpp"
#include "mend/layers/dense.hpp"
#include "mend/tensor/scalar.hpp"

using namespace mend;

// --- what stands in layer.cpp ---------------------------------------------------------------------------

TEST(Layer, RequireColumnsNamesTheLayerAndBothShapes) {
  EXPECT_NO_THROW(require_columns("Dense(4, 3)", {5, 4}, 4));
  EXPECT_NO_THROW(require_columns("Dense(4, 3)", {0, 4}, 4));
  EXPECT_EQ(laws::shape_error_of([] {
              require_columns("Dense(4, 3)", {5, 3}, 4);
            }),
            "Dense(4, 3): x is (5, 3) but (N, 4) was expected");
  for (const Shape& x : {Shape{4}, Shape{5, 2, 2}, Shape{4, 5}, Shape{}})
    EXPECT_THROW(require_columns("Dense(4, 3)", x, 4), ShapeError) << x;
}

TEST(Layer, RequireUpstreamNamesTheLayerAndBothShapes) {
  EXPECT_NO_THROW(require_upstream("Relu", {5, 4}, {5, 4}));
  EXPECT_EQ(laws::shape_error_of([] {
              require_upstream("Relu", {4, 5}, {5, 4});
            }),
            "Relu::backward: dy is (4, 5) but the last forward returned (5, 4)");
  EXPECT_THROW(require_upstream("Relu", {20}, {5, 4}), ShapeError);
}

TEST(Layer, AParameterBeginsWithGradientZero) {
  const Parameter<float> p("weight", Tensor<float>({2, 3}, 7.0f));
  EXPECT_EQ(p.name, "weight");
  EXPECT_EQ(p.value, Tensor<float>({2, 3}, 7.0f));
  EXPECT_EQ(p.grad, Tensor<float>({2, 3}));
}

TEST(Layer, ZeroGradClearsGradientsAndNothingElse) {
  Parameter<double> a("a", Tensor<double>({2}, {1, 2})), b("b", Tensor<double>({1}, {3}));
  a.grad.fill(5);
  b.grad.fill(6);
  zero_grad(std::vector{&a, &b});
  EXPECT_EQ(a.grad, Tensor<double>({2}));
  EXPECT_EQ(b.grad, Tensor<double>({1}));
  EXPECT_EQ(a.value, Tensor<double>({2}, {1, 2}));
}

// --- the laws can fail: each of these layers breaks one, and is caught -----------------------------------

namespace {

enum class Crime {
  none,
  describes_its_scalar,
  forwards_otherwise,
  forgets_to_add,
  turns_upstream_positive,
  forgets_parameters_alone,
  keeps_the_first_batch,
  predict_remembers,
  mixes_rows,
  float_is_coarse,
  takes_any_upstream,
};

template <class T>
class Outlaw : public Dense<T> {
 public:
  Outlaw(Crime crime, Random& random) : Dense<T>(4, 3, random), crime_(crime) {}

  std::string describe() const override {
    return Dense<T>::describe() + (crime_ == Crime::describes_its_scalar ? std::to_string(sizeof(T)) : "");
  }
  Tensor<T> predict(const Tensor<T>& x) const override {
    Tensor<T> y = Dense<T>::predict(x);
    if (crime_ == Crime::predict_remembers && !std::exchange(inside_, true)) {
      const_cast<Outlaw*>(this)->forward(x);
      inside_ = false;
    }
    if (crime_ == Crime::mixes_rows && y.size()) y = add_rows(y, sum_rows(y));
    return y;
  }
  Tensor<T> forward(Tensor<T> x) override {
    if (crime_ == Crime::keeps_the_first_batch && y_.rank() == 2) return Dense<T>::predict(x);
    Tensor<T> y = Dense<T>::forward(std::move(x));
    y_ = y.shape();
    if (crime_ == Crime::forwards_otherwise) y *= T(2);
    if (crime_ == Crime::float_is_coarse && std::is_same_v<T, float>)
      for (T& v : y) v = T(static_cast<float>(std::lround(real_part(v) * 100)) / 100);
    return y;
  }
  Tensor<T> backward(Tensor<T> dy) override {
    if (crime_ == Crime::forgets_to_add) zero_grad(this->parameters());
    if (crime_ == Crime::turns_upstream_positive)
      for (T& v : dy) v = real_part(v) < 0 ? -v : v;
    if (crime_ == Crime::takes_any_upstream && dy.shape() != y_) return Tensor<T>({y_[0], 4});
    return Dense<T>::backward(std::move(dy));
  }
  void backward_to_parameters(Tensor<T> dy) override {
    if (crime_ != Crime::forgets_parameters_alone) backward(std::move(dy));
  }

 private:
  Crime crime_;
  Shape y_;                      // that forward returned last
  mutable bool inside_ = false;  // a predict that called forward, which calls predict
};

// What the laws have to say about a crime: all failures with the laws they belong to, and what was thrown.
std::string sentence(Crime crime) {
  testing::TestPartResultArray failures;
  std::string text;
  {
    const testing::ScopedFakeTestPartResultReporter intercept(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    try {
      laws::expect_layer_laws([crime]<class T>(Random& random) { return Outlaw<T>(crime, random); },
                              Shape{5, 4}, {.misfits = {{{5, 3}, "(N, 4)"}}, .complains_as = "Dense"});
    } catch (const Error& error) {
      text = error.what();
    }
  }
  for (int i = 0; i < failures.size(); ++i) text += failures.GetTestPartResult(i).message();
  return text;
}

}  // namespace

TEST(LayerLaws, AcquitALayerThatObeysThem) { EXPECT_EQ(sentence(Crime::none), ""); }

TEST(LayerLaws, CatchEachCrime) {
  const std::vector<std::pair<Crime, std::string>> all{
      {Crime::describes_its_scalar, "law: describe, output_shape and parameters agree for all scalars"},
      {Crime::forwards_otherwise, "law: predict is forward without memory"},
      {Crime::forgets_to_add, "law: backward adds to the gradients"},
      {Crime::turns_upstream_positive, "law: backward(2u - 3v) = 2 backward(u) - 3 backward(v)"},
      {Crime::forgets_parameters_alone, "law: backward_to_parameters is backward without dx"},
      {Crime::keeps_the_first_batch, "dy is (0, 3) but the last forward returned (1, 3)"},
      {Crime::predict_remembers, "(5, 3) but the last forward returned (1, 3)"},
      {Crime::mixes_rows, "law: a row of y and of dx depends on the same row"},
      {Crime::float_is_coarse, "law: float computes what double computes"},
      {Crime::takes_any_upstream, "law: what does not fit is refused"},
  };
  for (const auto& [crime, law] : all) laws::expect_contains(sentence(crime), law);
}
