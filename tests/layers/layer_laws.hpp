#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mend/check/gradient_check.hpp"
#include "mend/check/oracles.hpp"
#include "mend/layers/layer.hpp"
#include "mend/tensor/ops.hpp"

// The laws that every layer obeys, in one place. A layer's own test calls expect_layer_laws and then says only what
// is special about the layer.
namespace mend::laws {

/// What the laws must know about a layer that they cannot see.
struct Traits {
  bool rows_independent = true;  ///< Each row of y depends on the same row of x alone.
  /// Shapes of x that do not fit, each with the text that the error must contain about what would have fitted.
  std::vector<std::pair<Shape, std::string>> misfits = {};
  std::string complains_as = "";  ///< Whose name errors bear; the layer's own when empty.
};

// Of two ways to sum the same numbers in double.
constexpr double rounding = 1e-13;

// A layer with all that a law needs: its parameters, and its random streams as they were when it was made.
template <class L>
struct Subject {
  L layer;
  std::vector<Random> streams;

  explicit Subject(L made) : layer(std::move(made)) {
    for (const Random* stream : layer.random_streams()) streams.push_back(*stream);
  }
  auto forward(auto x) {  // with the same random numbers each time
    for (std::size_t i = 0; i < streams.size(); ++i) *layer.random_streams()[i] = streams[i];
    return layer.forward(std::move(x));
  }
  auto gradients() {
    std::vector<decltype(layer.parameters()[0]->grad)> all;
    for (const auto* p : layer.parameters()) all.push_back(p->grad);
    return all;
  }
  void zero_grad() { mend::zero_grad(layer.parameters()); }
};

template <class T, class Make>
auto make_subject(Make make) {
  Random random(1, "layer");
  return Subject(make.template operator()<T>(random));
}

// The layer in double with parameters that are nowhere zero.
template <class Make>
auto random_subject(Make make) {
  auto subject = make_subject<double>(make);
  Random random(1, "parameters");
  randomize_parameters(subject.layer, random);
  return subject;
}

inline Shape with_rows(const Shape& x, std::size_t rows) {
  std::array<std::size_t, Shape::max_rank> extents{};
  std::copy(x.begin(), x.end(), extents.begin());
  extents[0] = rows;
  return Shape(extents.data(), x.rank());
}

template <class F>
std::string shape_error_of(F f) {
  try {
    f();
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "no ShapeError was thrown";
}

inline void expect_contains(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "\"" << part << "\" is missing in: " << text;
}

// The same architecture, whatever the scalar; parameters that are named, and begin with gradient zero.
template <class Make>
void expect_same_for_all_scalars(Make make, const Shape& x) {
  SCOPED_TRACE("law: describe, output_shape and parameters agree for all scalars");
  auto a = make_subject<float>(make);
  auto b = make_subject<double>(make);
  auto c = make_subject<std::complex<double>>(make);
  EXPECT_FALSE(b.layer.describe().empty());
  EXPECT_EQ(a.layer.describe(), b.layer.describe());
  EXPECT_EQ(c.layer.describe(), b.layer.describe());
  EXPECT_EQ(a.layer.output_shape(x), b.layer.output_shape(x));
  EXPECT_EQ(c.layer.output_shape(x), b.layer.output_shape(x));
  const auto parameters = b.layer.parameters();
  EXPECT_EQ(parameters, b.layer.parameters()) << "the same parameters in the same order each time";
  ASSERT_EQ(a.layer.parameters().size(), parameters.size());
  ASSERT_EQ(c.layer.parameters().size(), parameters.size());
  std::set<std::string> names;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    EXPECT_TRUE(names.insert(parameters[i]->name).second) << parameters[i]->name << " twice";
    EXPECT_EQ(a.layer.parameters()[i]->name, parameters[i]->name);
    EXPECT_EQ(c.layer.parameters()[i]->name, parameters[i]->name);
    EXPECT_EQ(parameters[i]->grad, Tensor<double>(parameters[i]->value.shape()));
  }
}

template <class Make>
void expect_forward_is_predict(Make make, const Tensor<double>& x) {
  SCOPED_TRACE("law: predict is forward without memory, and both return output_shape");
  auto subject = random_subject(make);
  const Tensor<double> original = x, y = subject.forward(x);
  EXPECT_EQ(y.shape(), subject.layer.output_shape(x.shape()));
  EXPECT_EQ(subject.forward(x), y) << "the same stream gives the same y";
  EXPECT_EQ(x, original) << "forward changed its argument";
  const Tensor<double> predicted = subject.layer.predict(x);
  EXPECT_EQ(predicted.shape(), y.shape());
  EXPECT_EQ(subject.layer.predict(x), predicted);
  EXPECT_EQ(x, original) << "predict changed its argument";
  if (subject.streams.empty()) {
    EXPECT_EQ(predicted, y);
  }
}

template <class Make>
void expect_backward_adds_up(Make make, const Tensor<double>& x, const Tensor<double>& dy) {
  SCOPED_TRACE("law: backward adds to the gradients, and repeats itself in dx");
  auto subject = random_subject(make);
  const Tensor<double> original = dy;
  subject.forward(x);
  const Tensor<double> dx = subject.layer.backward(dy);
  EXPECT_EQ(dx.shape(), x.shape());
  EXPECT_EQ(dy, original) << "backward changed its argument";
  const auto once = subject.gradients();
  EXPECT_EQ(subject.layer.backward(dy), dx);
  const auto twice = subject.gradients();
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_GT(norm(once[i]), 0);
    EXPECT_LE(relative_error(twice[i], once[i] * 2), rounding);
  }
}

template <class Make>
void expect_linear_in_upstream(Make make, const Tensor<double>& x, const Tensor<double>& u,
                               const Tensor<double>& v) {
  SCOPED_TRACE("law: backward(2u - 3v) = 2 backward(u) - 3 backward(v)");
  auto subject = random_subject(make);
  subject.forward(x);
  const auto backward = [&](const Tensor<double>& dy) {
    subject.zero_grad();
    auto all = std::vector{subject.layer.backward(dy)};
    for (auto& gradient : subject.gradients()) all.push_back(std::move(gradient));
    return all;
  };
  const auto of_u = backward(u), of_v = backward(v), of_both = backward(u * 2 - v * 3);
  for (std::size_t i = 0; i < of_both.size(); ++i)
    EXPECT_LE(relative_error(of_both[i], of_u[i] * 2 - of_v[i] * 3), rounding);
}

template <class Make>
void expect_backward_to_parameters(Make make, const Tensor<double>& x, const Tensor<double>& dy) {
  SCOPED_TRACE("law: backward_to_parameters is backward without dx");
  auto subject = random_subject(make);
  subject.forward(x);
  subject.layer.backward(dy);
  const auto expected = subject.gradients();
  subject.zero_grad();
  subject.layer.backward_to_parameters(dy);
  EXPECT_EQ(subject.gradients(), expected);
}

template <class Make>
void expect_no_stale_state(Make make, const Tensor<double>& x, const Tensor<double>& dy) {
  SCOPED_TRACE("law: backward belongs to the last forward, whatever was seen before or predicted since");
  auto fresh = random_subject(make), used = random_subject(make);
  fresh.forward(x);
  const Tensor<double> dx = fresh.layer.backward(dy);

  const Tensor<double> one = slice_rows(x, 0, 1), none = slice_rows(x, 0, 0);
  const Tensor<double> before = used.forward(one);
  used.layer.backward(before);
  used.zero_grad();
  used.forward(none);  // a batch of no rows is a batch
  EXPECT_EQ(used.layer.backward(Tensor<double>(used.layer.output_shape(none.shape()))).shape(), none.shape());
  for (const auto& gradient : used.gradients()) EXPECT_EQ(norm(gradient), 0);

  used.forward(x);
  used.layer.predict(one);
  EXPECT_EQ(used.layer.backward(dy), dx);
  EXPECT_EQ(used.gradients(), fresh.gradients());
}

template <class Make>
void expect_rows_independent(Make make, const Tensor<double>& x, const Tensor<double>& dy) {
  SCOPED_TRACE("law: a row of y and of dx depends on the same row of x and dy alone");
  auto subject = random_subject(make);
  const Tensor<double> whole = subject.layer.predict(x);
  subject.forward(x);
  const Tensor<double> dx = subject.layer.backward(dy);
  for (std::size_t n = 0; n < x.dim(0); ++n) {
    const Tensor<double> row = slice_rows(x, n, 1);
    EXPECT_LE(relative_error(subject.layer.predict(row), slice_rows(whole, n, 1)), rounding) << "row " << n;
    if (!subject.streams.empty()) continue;  // another batch draws other numbers
    subject.forward(row);
    EXPECT_LE(relative_error(subject.layer.backward(slice_rows(dy, n, 1)), slice_rows(dx, n, 1)), rounding)
        << "row " << n;
  }
}

template <class Make>
void expect_float_is_close(Make make, const Tensor<double>& x, const Tensor<double>& dy) {
  SCOPED_TRACE("law: float computes what double computes, to 1e-4");
  auto exact = random_subject(make);
  auto subject = make_subject<float>(make);
  const auto parameters = subject.layer.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i)
    parameters[i]->value = cast<float>(exact.layer.parameters()[i]->value);
  EXPECT_LE(relative_error(cast<double>(subject.forward(cast<float>(x))), exact.forward(x)), 1e-4);
  EXPECT_LE(relative_error(cast<double>(subject.layer.backward(cast<float>(dy))), exact.layer.backward(dy)),
            1e-4);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    EXPECT_LE(relative_error(cast<double>(parameters[i]->grad), exact.layer.parameters()[i]->grad), 1e-4);
}

template <class Make>
void expect_shape_errors(Make make, const Tensor<double>& x, const Traits& traits) {
  SCOPED_TRACE("law: what does not fit is refused, in words that name the layer and both shapes");
  auto subject = random_subject(make);
  const std::string description = subject.layer.describe();
  const std::string name =
      traits.complains_as.empty() ? description.substr(0, description.find('(')) : traits.complains_as;
  const auto expect_refused = [&](auto f, const Shape& found, const std::string& expected) {
    const std::string text = shape_error_of(f);
    for (const std::string& part : {name, to_string(found), expected}) expect_contains(text, part);
    EXPECT_EQ(text.find('\n'), std::string::npos) << "one line: " << text;
  };
  for (const auto& [shape, expected] : traits.misfits) {
    const Tensor<double> misfit(shape);
    expect_refused([&] { subject.layer.output_shape(shape); }, shape, expected);
    expect_refused([&] { subject.layer.predict(misfit); }, shape, expected);
    expect_refused([&] { subject.layer.forward(misfit); }, shape, expected);
  }
  const Shape y = subject.forward(x).shape();
  std::vector<Shape> wrong{Shape{y.size()}, with_rows(y, y[0] + 1)};
  if (y.rank() == 2) wrong.push_back({y[1], y[0]});
  for (const Shape& shape : wrong) {
    expect_refused([&] { subject.layer.backward(Tensor<double>(shape)); }, shape, to_string(y));
    expect_refused([&] { subject.layer.backward_to_parameters(Tensor<double>(shape)); }, shape, to_string(y));
  }
  for (const auto& gradient : subject.gradients())
    EXPECT_EQ(norm(gradient), 0) << "a refused dy left its mark on a gradient";
  auto untouched = random_subject(make);
  expect_contains(shape_error_of([&] { untouched.layer.backward(Tensor<double>(y)); }), name);
}

/// Expects that the layer which `make.template operator()<T>(random)` makes obeys all the laws.
/// \param x  the shape of an input: at least 3 rows, and as many rows as columns nowhere
template <class Make>
void expect_layer_laws(Make make, const Shape& x, const Traits& traits = {}) {
  Random random(2, "laws");
  const Tensor<double> input = random_normal(x, random);
  const Shape y = make_subject<double>(make).layer.output_shape(x);
  const Tensor<double> dy = random_normal(y, random), other = random_normal(y, random);
  expect_same_for_all_scalars(make, x);
  expect_forward_is_predict(make, input);
  expect_backward_adds_up(make, input, dy);
  expect_linear_in_upstream(make, input, dy, other);
  expect_backward_to_parameters(make, input, dy);
  expect_no_stale_state(make, input, dy);
  if (traits.rows_independent) expect_rows_independent(make, input, dy);
  expect_float_is_close(make, input, dy);
  expect_shape_errors(make, input, traits);
}

}  // namespace mend::laws
