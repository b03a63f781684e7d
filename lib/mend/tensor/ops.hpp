#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "mend/tensor/parallel.hpp"
#include "mend/tensor/tensor.hpp"

// The named operations of linear algebra that the layers are written in. All are eager, none broadcasts
// unless its name says so (add_rows), and each throws ShapeError with its own name and both shapes.
// Instantiated for float, double and std::complex<double>. N counts rows, D columns.
namespace mend {

// --- products: through BLAS, the rows of the result split over threads (parallel.hpp) -----------------
//
// How the rows are split depends on the shapes alone, so the bits of a result do not depend on the number of threads.

/// x W: (N, K) times (K, D) gives (N, D).
template <class T>
Tensor<T> matmul(const Tensor<T>& x, const Tensor<T>& w);
/// x W^T: (N, D) times the transpose of (K, D) gives (N, K).
template <class T>
Tensor<T> matmul_nt(const Tensor<T>& x, const Tensor<T>& w);
/// x^T y: the transpose of (N, K) times (N, D) gives (K, D).
template <class T>
Tensor<T> matmul_tn(const Tensor<T>& x, const Tensor<T>& y);
/// sum += x^T y, straight into its destination.
template <class T>
void add_matmul_tn(Tensor<T>& sum, const Tensor<T>& x, const Tensor<T>& y);

// --- rows and columns --------------------------------------------------------------------------------

/// b added to each row: (N, D) plus (D). In place where the caller lets go of x.
template <class T>
Tensor<T> add_rows(Tensor<T> x, const Tensor<T>& b);
/// The sum of the rows: (N, D) gives (D).
template <class T>
Tensor<T> sum_rows(const Tensor<T>& x);
/// The mean of the rows, carried in double for float: (N, D) gives (D). \throws ShapeError when there are none.
template <class T>
Tensor<T> mean_rows(const Tensor<T>& x);
/// sum += the sum of the rows of x.
template <class T>
void add_sum_rows(Tensor<T>& sum, const Tensor<T>& x);
/// (N, D) becomes (D, N).
template <class T>
Tensor<T> transpose(const Tensor<T>& x);
/// [a | b]: (N, D) beside (N, E) gives (N, D + E).
template <class T>
Tensor<T> concat_columns(const Tensor<T>& a, const Tensor<T>& b);
/// The first `width` columns and the rest. \throws ShapeError when there are fewer.
template <class T>
std::pair<Tensor<T>, Tensor<T>> split_columns(const Tensor<T>& x, std::size_t width);

// --- element by element ------------------------------------------------------------------------------

/// a += b, same shape.
template <class T>
Tensor<T>& operator+=(Tensor<T>& a, const Tensor<T>& b);
/// a -= b, same shape.
template <class T>
Tensor<T>& operator-=(Tensor<T>& a, const Tensor<T>& b);
/// Every element times a factor.
template <class T>
Tensor<T>& operator*=(Tensor<T>& a, std::type_identity_t<T> factor);
/// a + b, same shape.
template <class T>
Tensor<T> operator+(Tensor<T> a, const Tensor<T>& b) {
  return std::move(a += b);
}
/// a - b, same shape.
template <class T>
Tensor<T> operator-(Tensor<T> a, const Tensor<T>& b) {
  return std::move(a -= b);
}
/// Every element times a factor.
template <class T>
Tensor<T> operator*(Tensor<T> a, std::type_identity_t<T> factor) {
  return std::move(a *= factor);
}
/// a_i b_i: the product of each pair of elements (Hadamard), same shape.
template <class T>
Tensor<T> multiply(Tensor<T> a, const Tensor<T>& b);

// --- to one number -----------------------------------------------------------------------------------

/// The sum of all elements, carried in double for float.
template <class T>
T sum(const Tensor<T>& x);
/// The mean of all elements. \throws ShapeError when there are none.
template <class T>
T mean(const Tensor<T>& x);
/// The sum of a_i b_i over all elements, same shape.
template <class T>
T dot(const Tensor<T>& a, const Tensor<T>& b);

// --- rows by number (any element type) -----------------------------------------------------------------

/// Rows `first` to `first + count - 1` along the first axis. \throws ShapeError past the last row.
template <class T>
Tensor<T> slice_rows(const Tensor<T>& x, std::size_t first, std::size_t count) {
  if (x.rank() == 0 || first > x.dim(0) || count > x.dim(0) - first)
    throw ShapeError("slice_rows: " + std::to_string(count) + " rows from row " + std::to_string(first) +
                     " of " + to_string(x.shape()));
  std::array<std::size_t, Shape::max_rank> extents{};
  std::copy(x.shape().begin(), x.shape().end(), extents.begin());
  extents[0] = count;
  auto y = Tensor<T>::uninitialized(Shape(extents.data(), x.rank()));
  const std::size_t width = x.dim(0) == 0 ? 0 : x.size() / x.dim(0);
  std::copy_n(x.data() + first * width, count * width, y.data());
  return y;
}

/// The rows along the first axis that `index` names, in its order. \throws ShapeError for one that is not
/// there.
template <class T>
Tensor<T> gather_rows(const Tensor<T>& x, const std::vector<std::size_t>& index) {
  if (x.rank() == 0) throw ShapeError("gather_rows: x has no rows: " + to_string(x.shape()));
  std::array<std::size_t, Shape::max_rank> extents{};
  std::copy(x.shape().begin(), x.shape().end(), extents.begin());
  extents[0] = index.size();
  for (const std::size_t row : index)
    if (row >= x.dim(0))
      throw ShapeError("gather_rows: row " + std::to_string(row) + " of " + to_string(x.shape()));
  auto y = Tensor<T>::uninitialized(Shape(extents.data(), x.rank()));
  const std::size_t width = x.dim(0) == 0 ? 0 : x.size() / x.dim(0);
  parallel_ranges(index.size(), light_work / (width + 1) + 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t n = first; n < last; ++n)
      std::copy_n(x.data() + index[n] * width, width, y.data() + n * width);
  });
  return y;
}

/// \throws ShapeError unless both have the same shape; the text begins with `what`.
template <class T, class U>
void require_same_shape(const char* what, const Tensor<T>& a, const Tensor<U>& b) {
  if (a.shape() != b.shape())
    throw ShapeError(std::string(what) + ": " + to_string(a.shape()) + " and " + to_string(b.shape()) +
                     " must be the same shape");
}

}  // namespace mend
