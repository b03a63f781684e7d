#include "mend/check/optimizer_check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "mend/optimizers/adamw.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;

// A check that has never failed proves nothing: an AdamW with one mistake, of the kinds that students make.

namespace {

enum class Mistake {
  none,
  climbs,
  too_long,
  too_short,
  a_tenth_too_long,
  ignores_the_rate,
  squares_the_rate,
  first_parameter_only,
  forgets_the_last_element,
  no_bias_correction,
  forgets_its_memory,
  no_decay,
  clears_gradients,
  nan,
};

constexpr double rate = 0.01, beta1 = 0.8, beta2 = 0.98, epsilon = 1e-3, weight_decay = 0.3;

template <class T>
class Mistaken : public Optimizer<T> {
 public:
  Mistaken(Mistake mistake, std::vector<Parameter<T>*> parameters)
      : Optimizer<T>(std::move(parameters), rate),
        mistake_(mistake),
        m_(this->remember("m")),
        v_(this->remember("v")) {}
  std::string describe() const override { return "Mistaken"; }

 protected:
  void update() override {
    const bool last_only = mistake_ == Mistake::forgets_the_last_element;
    for (std::size_t k = 0; k < this->parameters().size(); ++k) {
      Parameter<T>& p = *this->parameters()[k];
      if (mistake_ == Mistake::first_parameter_only && k > 0) break;
      for (std::size_t i = 0; i + last_only < p.value.size(); ++i) {
        const double g = static_cast<double>(p.grad[i]), w = static_cast<double>(p.value[i]);
        p.value[i] = static_cast<T>(w + change(w, g, m_[k][i], v_[k][i]));
        if (mistake_ == Mistake::clears_gradients) p.grad[i] = T(0);
      }
    }
  }

 private:
  double change(double w, double g, T& m, T& v) const {
    if (mistake_ == Mistake::forgets_its_memory && this->steps() > 1) m = v = 0;
    m = static_cast<T>(beta1 * static_cast<double>(m) + (1 - beta1) * g);
    v = static_cast<T>(beta2 * static_cast<double>(v) + (1 - beta2) * g * g);
    const double t = mistake_ == Mistake::no_bias_correction ? 1e9 : static_cast<double>(this->steps());
    const double m_hat = static_cast<double>(m) / (1 - std::pow(beta1, t));
    const double v_hat = static_cast<double>(v) / (1 - std::pow(beta2, t));
    const double r = mistake_ == Mistake::ignores_the_rate   ? rate
                     : mistake_ == Mistake::squares_the_rate ? this->learning_rate() * this->learning_rate()
                                                             : this->learning_rate();
    const double decay = mistake_ == Mistake::no_decay ? 0 : weight_decay;
    const double step = -r * (m_hat / (std::sqrt(v_hat) + epsilon) + decay * w);
    switch (mistake_) {
      case Mistake::climbs:
        return -step;
      case Mistake::too_long:
        return 2 * step;
      case Mistake::too_short:
        return step / 2;
      case Mistake::a_tenth_too_long:
        return 1.1 * step;
      case Mistake::ignores_the_rate:
        return 1.5 * step;
      case Mistake::nan:
        return std::numeric_limits<double>::quiet_NaN();
      default:
        return step;
    }
  }

  Mistake mistake_;
  std::vector<Tensor<T>>&m_, &v_;
};

UpdateRule adamw() {
  return [m = 0.0, v = 0.0](double w, double g, int t, double lr) mutable {
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    const double m_hat = m / (1 - std::pow(beta1, t)), v_hat = v / (1 - std::pow(beta2, t));
    return w - lr * (m_hat / (std::sqrt(v_hat) + epsilon) + weight_decay * w);
  };
}

template <class T>
OptimizerReport check(Mistake mistake, double tolerance) {
  return check_optimizer<T>(
      [=](std::vector<Parameter<T>*> p) { return std::make_unique<Mistaken<T>>(mistake, std::move(p)); },
      adamw, tolerance);
}

}  // namespace

TEST(OptimizerCheck, AcceptsWhatFollowsItsRule) {
  const OptimizerReport exact = check<double>(Mistake::none, 1e-14),
                        narrow = check<float>(Mistake::none, 1e-6);
  EXPECT_TRUE(exact.passed()) << exact;
  EXPECT_TRUE(narrow.passed()) << narrow;
  const OptimizerReport library = check_optimizer<double>(
      [](std::vector<Parameter<double>*> p) {
        return std::make_unique<AdamW<double>>(std::move(p), rate, weight_decay, beta1, beta2, epsilon);
      },
      adamw, 1e-14);
  EXPECT_TRUE(library.passed()) << library;
}

TEST(OptimizerCheck, TellsMistakesApart) {
  const std::vector<std::pair<Mistake, Cause>> all{
      {Mistake::climbs, Cause::uphill},
      {Mistake::too_long, Cause::twice},
      {Mistake::too_short, Cause::half},
      {Mistake::a_tenth_too_long, Cause::constant_factor},
      {Mistake::ignores_the_rate, Cause::rate_ignored},
      {Mistake::squares_the_rate, Cause::rate_squared},
      {Mistake::first_parameter_only, Cause::skips_parameters},
      {Mistake::forgets_the_last_element, Cause::skips_elements},
      {Mistake::no_bias_correction, Cause::first_step},
      {Mistake::forgets_its_memory, Cause::memory},
      {Mistake::no_decay, Cause::decay},
      {Mistake::clears_gradients, Cause::argument_changed},
      {Mistake::nan, Cause::not_finite},
  };
  for (const auto& [mistake, cause] : all) {
    const OptimizerReport exact = check<double>(mistake, 1e-14), narrow = check<float>(mistake, 1e-6);
    EXPECT_FALSE(exact.passed()) << name_of(cause);
    EXPECT_STREQ(name_of(exact.diagnosis.cause), name_of(cause)) << exact;
    EXPECT_STREQ(name_of(narrow.diagnosis.cause), name_of(cause)) << narrow;
  }
}

// Two ways to write momentum are the same as long as the learning rate is: in one the velocity contains it. A schedule
// tells them apart.

TEST(OptimizerCheck, ChangesTheLearningRate) {
  struct VelocityWithRate : Optimizer<double> {
    std::vector<Tensor<double>>& v;
    explicit VelocityWithRate(std::vector<Parameter<double>*> p)
        : Optimizer<double>(std::move(p), 0.05), v(this->remember("v")) {}
    std::string describe() const override { return "VelocityWithRate"; }
    void update() override {
      for (std::size_t k = 0; k < v.size(); ++k) {
        v[k] = v[k] * 0.8 + parameters()[k]->grad * learning_rate();
        parameters()[k]->value -= v[k];
      }
    }
  };
  const auto make = [](std::vector<Parameter<double>*> p) {
    return std::make_unique<VelocityWithRate>(std::move(p));
  };
  const auto outside = [] {
    return [v = 0.0](double w, double g, int, double lr) mutable {
      v = 0.8 * v + g;
      return w - lr * v;
    };
  };
  const auto inside = [] {
    return [v = 0.0](double w, double g, int, double lr) mutable {
      v = 0.8 * v + lr * g;
      return w - v;
    };
  };
  EXPECT_TRUE(check_optimizer<double>(make, inside, 1e-14).passed());
  const OptimizerReport report = check_optimizer<double>(make, outside, 1e-14);
  EXPECT_STREQ(name_of(report.diagnosis.cause), name_of(Cause::memory)) << report;
  EXPECT_NE(report.diagnosis.sentence.find("step 6"), std::string::npos) << report;
}

TEST(OptimizerCheck, ReportsWhereItLeavesItsRule) {
  std::ostringstream out;
  out << check<double>(Mistake::climbs, 1e-14);
  EXPECT_TRUE(out.str().starts_with("  in step 1 number 0 becomes ")) << out.str();
  EXPECT_NE(out.str().find("diagnosis: uphill: every step goes the opposite way, 1 times as far"),
            std::string::npos)
      << out.str();
  EXPECT_NE(out.str().find("read: tutorial 05"), std::string::npos) << out.str();
}
