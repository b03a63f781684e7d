#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "mend/tensor/error.hpp"
#include "mend/tensor/memory.hpp"
#include "mend/tensor/shape.hpp"

namespace mend {

/// A value: a shape and its elements, contiguous in row-major order (the last axis runs fastest).
///
/// Copying copies the elements, moving leaves (0) behind. Nothing is lazy, nothing is a view, nothing
/// broadcasts.
/// \tparam T  float, double or std::complex<double> in computations; std::uint8_t for pixels as stored.
template <class T>
class Tensor {
 public:
  using value_type = T;  ///< The type of an element.

  Tensor() = default;
  /// All zeros.
  explicit Tensor(Shape shape) : Tensor(shape, T{}) {}
  /// Every element is `value`.
  Tensor(Shape shape, T value) : shape_(shape), values_(shape.size()) { fill(value); }
  /// The given elements, in row-major order. \throws ShapeError unless there are shape.size() of them.
  Tensor(Shape shape, const std::vector<T>& values) : Tensor(shape, values.data(), values.size()) {}
  /// The same for elements in braces: {5} is one element, where 5 without them is each element's value.
  Tensor(Shape shape, std::initializer_list<T> values) : Tensor(shape, values.begin(), values.size()) {}

  /// Elements without a value, for whoever writes all of them next: zeros would be written twice.
  static Tensor uninitialized(Shape shape) {
    Tensor x;
    x.shape_ = shape;
    x.values_ = Storage<T>(shape.size());
    return x;
  }

  Tensor(const Tensor&) = default;             ///< Copies the elements.
  Tensor& operator=(const Tensor&) = default;  ///< Copies the elements.
  /// Takes the elements; `other` becomes (0), so that using it by mistake is a ShapeError and no wild read.
  Tensor(Tensor&& other) noexcept
      : shape_(std::exchange(other.shape_, Shape())), values_(std::move(other.values_)) {}
  /// Takes the elements; `other` becomes (0).
  Tensor& operator=(Tensor&& other) noexcept {
    shape_ = std::exchange(other.shape_, Shape());
    values_ = std::move(other.values_);
    return *this;
  }

  const Shape& shape() const { return shape_; }                     ///< The extents.
  std::size_t rank() const { return shape_.rank(); }                ///< How many axes.
  std::size_t size() const { return values_.size(); }               ///< How many elements.
  std::size_t dim(std::size_t axis) const { return shape_[axis]; }  ///< The extent along an axis.

  T* data() { return values_.begin(); }              ///< The first element.
  const T* data() const { return values_.begin(); }  ///< The first element.
  auto begin() { return values_.begin(); }           ///< Iterates in row-major order.
  auto end() { return values_.end(); }               ///< Past the last element.
  auto begin() const { return values_.begin(); }     ///< Iterates in row-major order.
  auto end() const { return values_.end(); }         ///< Past the last element.

  /// The element at a flat, row-major position; not checked.
  T& operator[](std::size_t flat) { return values_[flat]; }
  /// The element at a flat, row-major position; not checked.
  const T& operator[](std::size_t flat) const { return values_[flat]; }

  /// The element at one index per axis. \throws ShapeError for a wrong number of indices or one out of range.
  template <class... Index>
  T& operator()(Index... index) {
    return values_[offset({static_cast<std::size_t>(index)...})];
  }
  /// The element at one index per axis. \throws ShapeError for a wrong number of indices or one out of range.
  template <class... Index>
  const T& operator()(Index... index) const {
    return values_[offset({static_cast<std::size_t>(index)...})];
  }

  /// The same elements in another shape. \throws ShapeError when the number of elements differs.
  Tensor reshaped(Shape shape) && {
    if (shape.size() != size())
      throw ShapeError("reshaped: " + to_string(shape_) + " has " + std::to_string(size()) +
                       " elements, but " + to_string(shape) + " has " + std::to_string(shape.size()));
    shape_ = shape;
    return std::move(*this);
  }
  /// The same elements in another shape. \throws ShapeError when the number of elements differs.
  Tensor reshaped(Shape shape) const& { return Tensor(*this).reshaped(shape); }

  /// Sets every element.
  void fill(T value) { std::fill(values_.begin(), values_.end(), value); }

  /// Equal in shape and in every element.
  friend bool operator==(const Tensor& a, const Tensor& b) = default;

 private:
  Tensor(Shape shape, const T* values, std::size_t count) : shape_(shape), values_(count) {
    if (count != shape.size())
      throw ShapeError("Tensor: shape " + to_string(shape) + " holds " + std::to_string(shape.size()) +
                       " elements, but " + std::to_string(count) + " were given");
    std::copy_n(values, count, begin());
  }

  std::size_t offset(std::initializer_list<std::size_t> index) const {
    if (index.size() != rank())
      throw ShapeError("Tensor: " + std::to_string(index.size()) + " indices for a tensor of shape " +
                       to_string(shape_));
    std::size_t flat = 0, axis = 0;
    for (const std::size_t i : index) {
      if (i >= shape_[axis])
        throw ShapeError("Tensor: index " + std::to_string(i) + " on axis " + std::to_string(axis) +
                         " of a tensor of shape " + to_string(shape_));
      flat = flat * shape_[axis++] + i;
    }
    return flat;
  }

  Shape shape_;
  Storage<T> values_;
};

/// The same elements as another scalar; a real part becomes a complex number, never the reverse.
template <class To, class From>
Tensor<To> cast(const Tensor<From>& x) {
  auto y = Tensor<To>::uninitialized(x.shape());
  std::transform(x.begin(), x.end(), y.begin(), [](const From& v) { return static_cast<To>(v); });
  return y;
}

/// f applied to every element, in place where the caller lets go of x.
template <class T, class F>
Tensor<T> map(Tensor<T> x, F f) {
  for (T& v : x) v = f(v);
  return x;
}

}  // namespace mend
