#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <list>
#include <memory>
#include <utility>
#include <vector>

#include "mend/check/optimizer_check.hpp"
#include "mend/optimizers/optimizer.hpp"

// What the tests of the optimizers share: parameters, and the comparison with a rule as it stands in a paper.
namespace mend {

/// A few parameters that live as long as this does.
template <class T>
class Weights {
 public:
  /// Parameters "0", "1", ... of these shapes; the elements differ from each other.
  explicit Weights(std::initializer_list<Shape> shapes) {
    for (const Shape& shape : shapes) {
      Tensor<T> value(shape);
      for (T& v : value) v = static_cast<T>(std::cos(static_cast<double>(count_++)));
      all_.emplace_back(std::to_string(all_.size()), std::move(value));
    }
  }
  /// One parameter with one element.
  explicit Weights(T value) { all_.emplace_back("w", Tensor<T>({1}, value)); }

  /// As an optimizer wants them.
  std::vector<Parameter<T>*> parameters() {
    std::vector<Parameter<T>*> pointers;
    for (Parameter<T>& p : all_) pointers.push_back(&p);
    return pointers;
  }
  T& value() { return all_.front().value[0]; }  ///< The first element of all.
  T& grad() { return all_.front().grad[0]; }    ///< Its gradient.

 private:
  std::list<Parameter<T>> all_;
  int count_ = 0;
};

/// Expects that an optimizer follows the rule of its paper, see check_optimizer.
/// \param make  makes the optimizer over parameters of T  \param make_rule  makes a fresh rule for one number: from
///   (w, g, t), t being 1 in the first step, to the next w  \param tolerance  of the numbers, which are near 1
template <class T, class Make, class MakeRule>
void expect_follows_paper(Make make, MakeRule make_rule, double tolerance) {
  const auto boxed = [&](std::vector<Parameter<T>*> parameters) -> std::unique_ptr<Optimizer<T>> {
    using Made = decltype(make(parameters));
    return std::unique_ptr<Made>(new Made(make(std::move(parameters))));  // made in place: it cannot be moved
  };
  const OptimizerReport report = check_optimizer<T>(boxed, make_rule, tolerance);
  EXPECT_TRUE(report.passed()) << report;
}

}  // namespace mend
