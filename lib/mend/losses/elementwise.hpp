#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "mend/losses/loss.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/scalar.hpp"

// Internal to the losses: one fused pass over all elements gives the value and the gradient.
namespace mend {

/// The sum of term(i) over all elements, divided by `divisor`, and its gradient.
/// \param term  from the position i to the pair (loss, its derivative with respect to y_i)
template <class T, class Term>
Loss<T> sum_terms(const Shape& shape, double divisor, Term term) {
  const T scale = static_cast<T>(1 / divisor);
  Loss<T> loss{T(0), Tensor<T>::uninitialized(shape)};
  // Partial sums in T, as wide as a row of registers, for a block of elements, then one sum in double: fast,
  // and as exact as needed. Over all elements they would grow until small terms no longer count. The blocks are the
  // same and are added in the same order for any number of threads, and so are the bits.
  constexpr std::size_t lanes = 32, block = 128 * lanes;
  const std::size_t whole = shape.size() / lanes * lanes, blocks = (whole + block - 1) / block;
  Tensor<Accumulator<T>> sums({blocks});
  const auto sum_block = [&](std::size_t b) {
    T partial[lanes] = {};
    const std::size_t end = std::min((b + 1) * block, whole);
    for (std::size_t i = b * block; i < end; i += lanes) {
      for (std::size_t k = 0; k < lanes; ++k) {
        const auto [value, slope] = term(i + k);
        partial[k] += value;
        loss.gradient[i + k] = scale * slope;
      }
    }
    for (const T& p : partial) sums[b] += p;
  };
  parallel_for(blocks, std::ref(sum_block));
  Accumulator<T> total = sum(sums);
  for (std::size_t i = whole; i < shape.size(); ++i) {
    const auto [value, slope] = term(i);
    total += value;
    loss.gradient[i] = scale * slope;
  }
  loss.value = static_cast<T>(total / static_cast<Accumulator<T>>(divisor));
  return loss;
}

/// \throws ShapeError unless y and target have the same shape, with elements; the text begins with `name`
template <class T>
void require_elements(const char* name, const Tensor<T>& y, const Tensor<T>& target) {
  require_same_shape(name, y, target);
  if (y.size() == 0)
    throw ShapeError(std::string(name) + ": y is " + to_string(y.shape()) + ", without elements");
}

/// The mean of f(y_i, t_i), and its gradient.
/// \param f  from (y_i, t_i) to the pair (loss, its derivative with respect to y_i)
template <class T, class F>
Loss<T> mean_elementwise_loss(const char* name, const Tensor<T>& y, const Tensor<T>& target, F f) {
  require_elements(name, y, target);
  return sum_terms<T>(y.shape(), static_cast<double>(y.size()),
                      [&](std::size_t i) { return f(y[i], target[i]); });
}

/// \throws Error when an element is outside [0, 1]: "bce: y[3] is 1.5 but ...". Lets NaN pass: that makes the
/// loss NaN, and whoever trains reports it.
template <class T>
void require_unit_interval(const std::string& name, const Tensor<T>& x, const char* advice) {
  // Whole numbers instead of truth values, and no way out of the loop: so that it vectorises.
  const auto outside = [](const T& v) { return int{real_part(v) < 0} | int{real_part(v) > 1}; };
  int any = 0;
  for (const T& v : x) any |= outside(v);
  if (any == 0) return;
  const auto found = std::find_if(x.begin(), x.end(), outside);
  throw Error(name + "[" + std::to_string(found - x.begin()) + "] is " + std::to_string(real_part(*found)) +
              " but must lie in [0, 1]; " + advice);
}

}  // namespace mend
