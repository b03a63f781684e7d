#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <list>
#include <memory>
#include <utility>
#include <vector>

#include "golden/golden.hpp"
#include "mend/check/optimizer_check.hpp"
#include "mend/optimizers/optimizer.hpp"
#include "mend/tensor/ops.hpp"

// What the tests of the optimizers share: parameters, and the comparisons with a rule as it stands in a paper and with
// PyTorch.
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
///   (w, g, t, rate), t being 1 in the first step, to the next w  \param tolerance  of the numbers, which are near 1
template <class T, class Make, class MakeRule>
void expect_follows_paper(Make make, MakeRule make_rule, double tolerance) {
  const auto boxed = [&](std::vector<Parameter<T>*> parameters) -> std::unique_ptr<Optimizer<T>> {
    using Made = decltype(make(parameters));
    return std::unique_ptr<Made>(new Made(make(std::move(parameters))));  // made in place: it cannot be moved
  };
  const OptimizerReport report = check_optimizer<T>(boxed, make_rule, tolerance);
  EXPECT_TRUE(report.passed()) << report;
}

/// Takes PyTorch's ten gradients from where PyTorch started, and expects each of its steps, for a matrix and a vector.
/// \param subject  its name in tests/golden/optimizers.safetensors  \param make  makes the optimizer over parameters
template <class Make>
void expect_path_of_pytorch(const std::string& subject, Make make) {
  Golden golden("optimizers", subject);
  Parameter<double> matrix("matrix", golden["matrix.start"]), vector("vector", golden["vector.start"]);
  auto optimizer = make(std::vector{&matrix, &vector});
  std::vector<double> matrix_path, vector_path;
  for (std::size_t t = 0; t < 10; ++t) {
    matrix.grad = slice_rows(golden["matrix.gradients"], t, 1).reshaped({2, 3});
    vector.grad = slice_rows(golden["vector.gradients"], t, 1).reshaped({4});
    optimizer.step();
    matrix_path.insert(matrix_path.end(), matrix.value.begin(), matrix.value.end());
    vector_path.insert(vector_path.end(), vector.value.begin(), vector.value.end());
  }
  golden.expect("matrix.path", Tensor<double>({10, 2, 3}, matrix_path));
  golden.expect("vector.path", Tensor<double>({10, 4}, vector_path));
}

}  // namespace mend
