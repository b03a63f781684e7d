#include "mend/check/layer_laws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <type_traits>
#include <utility>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/scalar.hpp"

using namespace mend;

// Laws that nobody can break are worth nothing: each of these layers breaks one, and is caught.

namespace {

enum class Crime {
  none,
  describes_its_scalar,
  renames_a_parameter,
  forwards_otherwise,
  forgets_to_add,
  turns_upstream_positive,
  forgets_parameters_alone,
  keeps_the_first_batch,
  keeps_the_first_of_a_size,
  predict_remembers,
  mixes_rows,
  float_is_coarse,
  takes_any_upstream,
  spoils_its_argument,
  steps_by_itself,
  counts_its_batches,
  keeps_something_back,
};

template <class T>
class Outlaw : public Dense<T> {
 public:
  Outlaw(Crime crime, Random& random) : Dense<T>(4, 3, random), crime_(crime), secret_(random.uniform()) {
    if (crime == Crime::renames_a_parameter && sizeof(T) > sizeof(double)) this->parameters()[0]->name = "W";
  }

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
    if (crime_ == Crime::keeps_something_back) y *= T(1 + secret_);
    if (crime_ == Crime::spoils_its_argument && x.size()) const_cast<Tensor<T>&>(x)[0] += T(1);
    return y;
  }
  Tensor<T> forward(Tensor<T> x) override {
    if (crime_ == Crime::keeps_the_first_batch && y_.rank() == 2) return Dense<T>::predict(x);
    if (crime_ == Crime::keeps_the_first_of_a_size && y_.rank() == 2 && y_[0] == x.dim(0))
      return Dense<T>::predict(x);
    Tensor<T> y = Dense<T>::forward(std::move(x));
    y_ = y.shape();
    if (crime_ == Crime::forwards_otherwise) y *= T(2);
    if (crime_ == Crime::counts_its_batches) y *= T(++batches_);
    if (crime_ == Crime::float_is_coarse && std::is_same_v<T, float>)
      for (T& v : y) v = T(static_cast<float>(std::lround(real_part(v) * 100)) / 100);
    return y;
  }
  Tensor<T> backward(Tensor<T> dy) override {
    if (crime_ == Crime::steps_by_itself) this->parameters()[1]->value *= T(0.5f);
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
  double secret_;  // decides y, but is no parameter
  int batches_ = 0;
  Shape y_;                      // that forward returned last
  mutable bool inside_ = false;  // a predict that called forward, which calls predict
};

LawReport hear(Crime crime) {
  return check_laws([crime]<class T>(Random& random) { return Outlaw<T>(crime, random); }, Shape{5, 4},
                    {.misfits = {{{5, 3}, "(N, 4)"}}, .complains_as = "Dense"});
}

}  // namespace

TEST(LayerLaws, AcquitALayerThatObeysThem) {
  const LawReport report = hear(Crime::none);
  EXPECT_TRUE(report.passed()) << report;
  std::ostringstream out;
  out << report;
  EXPECT_EQ(out.str(), "obeys 11 laws\n");
}

TEST(LayerLaws, CatchEachCrime) {
  const std::vector<std::pair<Crime, Cause>> all{
      {Crime::describes_its_scalar, Cause::scalars_disagree},
      {Crime::renames_a_parameter, Cause::scalars_disagree},
      {Crime::forwards_otherwise, Cause::predict_is_not_forward},
      {Crime::counts_its_batches, Cause::not_repeatable},
      {Crime::spoils_its_argument, Cause::argument_changed},
      {Crime::steps_by_itself, Cause::argument_changed},
      {Crime::forgets_to_add, Cause::overwrites},
      {Crime::turns_upstream_positive, Cause::not_linear},
      {Crime::forgets_parameters_alone, Cause::parameters_alone},
      {Crime::keeps_the_first_batch, Cause::stale},
      {Crime::keeps_the_first_of_a_size, Cause::stale},
      {Crime::predict_remembers, Cause::stale},
      {Crime::mixes_rows, Cause::rows_mixed},
      {Crime::float_is_coarse, Cause::float_differs},
      {Crime::keeps_something_back, Cause::not_restored},
      {Crime::takes_any_upstream, Cause::shape_unchecked},
  };
  for (const auto& [crime, cause] : all) {
    const LawReport report = hear(crime);
    const bool caught = std::any_of(report.breaches.begin(), report.breaches.end(),
                                    [cause = cause](const Breach& b) { return b.diagnosis.cause == cause; });
    EXPECT_TRUE(caught) << "should break: " << name_of(cause) << "\n" << report;
  }
}

// y of a layer may have any extents: as many rows as columns, or no columns at all.

TEST(LayerLaws, AcquitLayersWhateverTheShapeOfY) {
  const auto square = []<class T>(Random& random) { return Dense<T>(4, 5, random); };
  for (const Shape& x : {Shape{5, 4}, Shape{3, 4}}) {
    const LawReport report = check_laws(square, x);
    EXPECT_TRUE(report.passed()) << report;
  }
  const LawReport images = check_laws([]<class T>(Random&) { return Relu<T>(); }, Shape{4, 4});
  EXPECT_TRUE(images.passed()) << images;
  EXPECT_TRUE(check_laws([]<class T>(Random&) { return Relu<T>(); }, Shape{7}).passed());
}

TEST(LayerLaws, WantThreeRows) {
  EXPECT_THROW(check_laws([]<class T>(Random&) { return Relu<T>(); }, Shape{2, 4}), Error);
}

// A layer whose rows belong together may say so, as one that normalises over its batch has to.

TEST(LayerLaws, LetRowsMixWhereThatIsDeclared) {
  const auto mixes = []<class T>(Random& random) { return Outlaw<T>(Crime::mixes_rows, random); };
  const auto breaks_rows = [](const LawReport& report) {
    return std::any_of(report.breaches.begin(), report.breaches.end(),
                       [](const Breach& b) { return b.diagnosis.cause == Cause::rows_mixed; });
  };
  EXPECT_TRUE(breaks_rows(check_laws(mixes, Shape{5, 4})));
  EXPECT_FALSE(breaks_rows(check_laws(mixes, Shape{5, 4}, {.rows_independent = false})));
}

TEST(LayerLaws, ReportTheLawWhatWasFoundAndWhatToRead) {
  std::ostringstream out;
  out << hear(Crime::forgets_parameters_alone);
  EXPECT_EQ(out.str().substr(0, out.str().find("  law broken", 5)),
            "  law broken: backward_to_parameters is backward without dx\n"
            "  diagnosis: parameters alone: it leaves other gradients than backward\n"
            "  read: tutorial 03, \"The laws of a layer\"\n");
}

TEST(LayerLaws, SayThatAMisfitWasTaken) {
  const LawReport report = check_laws([]<class T>(Random& random) { return Dense<T>(4, 3, random); },
                                      Shape{5, 4}, {.misfits = {{{5, 4}, "(N, 4)"}}});
  ASSERT_EQ(report.breaches.size(), 3u);
  EXPECT_EQ(report.breaches[0].diagnosis.sentence,
            "output_shape of a tensor of shape (5, 4) throws no ShapeError");
  EXPECT_EQ(report.breaches[1].diagnosis.sentence,
            "predict of a tensor of shape (5, 4) throws no ShapeError");
}
