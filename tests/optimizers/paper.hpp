#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <list>
#include <vector>

#include "golden/golden.hpp"
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

/// Takes ten steps on four parameters, and does the same to each single number by the rule of the paper.
///
/// The gradients depend on the numbers, so that an error goes on; and on the step, so that none is steady.
/// Several parameters of several lengths show whether steps are counted per parameter, and whether a loop
/// ends early.
/// \param make  makes the optimizer over parameters  \param make_rule  makes a fresh rule for one number:
///   from (w, g, t), t being 1 in the first step, to the next w  \param tolerance  of the numbers, which are
///   near 1
template <class T, class Make, class MakeRule>
void expect_follows_paper(Make make, MakeRule make_rule, double tolerance) {
  const auto gradient = [](double w, std::size_t number, int t) {
    return 0.4 * w + std::sin(1.7 * t + static_cast<double>(number));
  };
  Weights<T> weights({{2, 3}, {5}, {1}, {37}});
  auto optimizer = make(weights.parameters());
  std::vector<double> expected;
  for (const Parameter<T>* p : weights.parameters())
    expected.insert(expected.end(), p->value.begin(), p->value.end());
  std::vector<decltype(make_rule())> rules;
  for (std::size_t i = 0; i < expected.size(); ++i) rules.push_back(make_rule());

  for (int t = 1; t <= 10; ++t) {
    std::size_t number = 0;
    for (Parameter<T>* p : weights.parameters())
      for (std::size_t i = 0; i < p->value.size(); ++i, ++number) {
        p->grad[i] = static_cast<T>(gradient(static_cast<double>(p->value[i]), number, t));
        expected[number] = rules[number](expected[number], gradient(expected[number], number, t), t);
      }
    optimizer.step();
    number = 0;
    for (const Parameter<T>* p : weights.parameters())
      for (const T v : p->value) {
        ASSERT_NEAR(static_cast<double>(v), expected[number], tolerance)
            << "step " << t << ", number " << number;
        ++number;
      }
  }
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
