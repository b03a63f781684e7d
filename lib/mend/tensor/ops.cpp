#include "mend/tensor/ops.hpp"

#include <complex>
#include <string>

#include "mend/tensor/gemm.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {
namespace {

void require_matrix(const char* what, const char* name, const Shape& shape) {
  if (shape.rank() != 2)
    throw ShapeError(std::string(what) + ": " + name + " is " + to_string(shape) +
                     " but a matrix (rows, columns) was expected");
}

void require_equal(const char* what, const char* x_name, const Shape& x, const char* w_name, const Shape& w,
                   std::size_t from_x, std::size_t from_w) {
  if (from_x != from_w)
    throw ShapeError(std::string(what) + ": " + x_name + " is " + to_string(x) + " but " + w_name + " is " +
                     to_string(w) + ": " + std::to_string(from_x) + " != " + std::to_string(from_w));
}

template <class T>
void check_matmul_tn(const char* what, const Tensor<T>& x, const Tensor<T>& y) {
  require_matrix(what, "x", x.shape());
  require_matrix(what, "y", y.shape());
  require_equal(what, "x", x.shape(), "y", y.shape(), x.dim(0), y.dim(0));
}

}  // namespace

template <class T>
Tensor<T> matmul(const Tensor<T>& x, const Tensor<T>& w) {
  require_matrix("matmul", "x", x.shape());
  require_matrix("matmul", "W", w.shape());
  require_equal("matmul", "x", x.shape(), "W", w.shape(), x.dim(1), w.dim(0));
  auto y = Tensor<T>::uninitialized({x.dim(0), w.dim(1)});
  gemm(Flip::none, Flip::none, x.dim(0), w.dim(1), x.dim(1), x.data(), w.data(), false, y.data());
  return y;
}

template <class T>
Tensor<T> matmul_nt(const Tensor<T>& x, const Tensor<T>& w) {
  require_matrix("matmul_nt", "x", x.shape());
  require_matrix("matmul_nt", "W", w.shape());
  require_equal("matmul_nt", "x", x.shape(), "W", w.shape(), x.dim(1), w.dim(1));
  auto y = Tensor<T>::uninitialized({x.dim(0), w.dim(0)});
  gemm(Flip::none, Flip::transpose, x.dim(0), w.dim(0), x.dim(1), x.data(), w.data(), false, y.data());
  return y;
}

template <class T>
Tensor<T> matmul_tn(const Tensor<T>& x, const Tensor<T>& y) {
  check_matmul_tn("matmul_tn", x, y);
  auto z = Tensor<T>::uninitialized({x.dim(1), y.dim(1)});
  gemm(Flip::transpose, Flip::none, x.dim(1), y.dim(1), x.dim(0), x.data(), y.data(), false, z.data());
  return z;
}

template <class T>
void add_matmul_tn(Tensor<T>& sum, const Tensor<T>& x, const Tensor<T>& y) {
  check_matmul_tn("add_matmul_tn", x, y);
  if (sum.shape() != Shape{x.dim(1), y.dim(1)})
    throw ShapeError("add_matmul_tn: the sum is " + to_string(sum.shape()) + " but x^T y is " +
                     to_string(Shape{x.dim(1), y.dim(1)}));
  gemm(Flip::transpose, Flip::none, x.dim(1), y.dim(1), x.dim(0), x.data(), y.data(), true, sum.data());
}

template <class T>
Tensor<T> add_rows(Tensor<T> x, const Tensor<T>& b) {
  require_matrix("add_rows", "x", x.shape());
  if (b.shape() != Shape{x.dim(1)})
    throw ShapeError("add_rows: x is " + to_string(x.shape()) + " but b is " + to_string(b.shape()) +
                     ": expected one number per column");
  const std::size_t width = x.dim(1);
  parallel_ranges(x.dim(0), light_work / (width + 1) + 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t n = first; n < last; ++n) {
      T* row = x.data() + n * width;
      for (std::size_t d = 0; d < width; ++d) row[d] += b[d];
    }
  });
  return x;
}

template <class T>
void add_sum_rows(Tensor<T>& sum, const Tensor<T>& x) {
  require_matrix("add_sum_rows", "x", x.shape());
  if (sum.shape() != Shape{x.dim(1)})
    throw ShapeError("add_sum_rows: x is " + to_string(x.shape()) + " but the sum is " +
                     to_string(sum.shape()) + ": expected one number per column");
  const std::size_t width = x.dim(1);
  parallel_ranges(width, light_work / (x.dim(0) + 1) + 1, [&](std::size_t first, std::size_t last) {
    T* __restrict total = sum.data();
    for (std::size_t n = 0; n < x.dim(0); ++n) {
      const T* __restrict row = x.data() + n * width;
      for (std::size_t d = first; d < last; ++d) total[d] += row[d];
    }
  });
}

template <class T>
Tensor<T> sum_rows(const Tensor<T>& x) {
  require_matrix("sum_rows", "x", x.shape());
  Tensor<T> sum({x.dim(1)});
  add_sum_rows(sum, x);
  return sum;
}

template <class T>
Tensor<T> mean_rows(const Tensor<T>& x) {
  require_matrix("mean_rows", "x", x.shape());
  if (x.dim(0) == 0) throw ShapeError("mean_rows: x is " + to_string(x.shape()) + ": no rows have no mean");
  const std::size_t width = x.dim(1);
  Tensor<Accumulator<T>> total({width});
  for (std::size_t n = 0; n < x.dim(0); ++n)
    for (std::size_t d = 0; d < width; ++d) total[d] += x[n * width + d];
  return cast<T>(total * (1 / static_cast<double>(x.dim(0))));
}

template <class T>
Tensor<T> transpose(const Tensor<T>& x) {
  require_matrix("transpose", "x", x.shape());
  auto y = Tensor<T>::uninitialized({x.dim(1), x.dim(0)});
  for (std::size_t n = 0; n < x.dim(0); ++n)
    for (std::size_t d = 0; d < x.dim(1); ++d) y[d * x.dim(0) + n] = x[n * x.dim(1) + d];
  return y;
}

template <class T>
Tensor<T> concat_columns(const Tensor<T>& a, const Tensor<T>& b) {
  require_matrix("concat_columns", "a", a.shape());
  require_matrix("concat_columns", "b", b.shape());
  require_equal("concat_columns", "a", a.shape(), "b", b.shape(), a.dim(0), b.dim(0));
  auto y = Tensor<T>::uninitialized({a.dim(0), a.dim(1) + b.dim(1)});
  T* out = y.data();
  for (std::size_t n = 0; n < a.dim(0); ++n) {
    out = std::copy_n(a.data() + n * a.dim(1), a.dim(1), out);
    out = std::copy_n(b.data() + n * b.dim(1), b.dim(1), out);
  }
  return y;
}

template <class T>
std::pair<Tensor<T>, Tensor<T>> split_columns(const Tensor<T>& x, std::size_t width) {
  require_matrix("split_columns", "x", x.shape());
  if (width > x.dim(1))
    throw ShapeError("split_columns: " + std::to_string(width) + " columns of " + to_string(x.shape()));
  auto a = Tensor<T>::uninitialized({x.dim(0), width}),
       b = Tensor<T>::uninitialized({x.dim(0), x.dim(1) - width});
  for (std::size_t n = 0; n < x.dim(0); ++n) {
    const T* row = x.data() + n * x.dim(1);
    std::copy_n(row, width, a.data() + n * width);
    std::copy_n(row + width, b.dim(1), b.data() + n * b.dim(1));
  }
  return {std::move(a), std::move(b)};
}

template <class T>
Tensor<T>& operator+=(Tensor<T>& a, const Tensor<T>& b) {
  require_same_shape("+=", a, b);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

template <class T>
Tensor<T>& operator-=(Tensor<T>& a, const Tensor<T>& b) {
  require_same_shape("-=", a, b);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

template <class T>
Tensor<T>& operator*=(Tensor<T>& a, std::type_identity_t<T> factor) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] *= factor;
  return a;
}

template <class T>
Tensor<T> multiply(Tensor<T> a, const Tensor<T>& b) {
  require_same_shape("multiply", a, b);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] *= b[i];
  return a;
}

template <class T>
T sum(const Tensor<T>& x) {
  Accumulator<T> total{};
  for (const T& v : x) total += v;
  return static_cast<T>(total);
}

template <class T>
T mean(const Tensor<T>& x) {
  if (x.size() == 0) throw ShapeError("mean: a tensor of shape " + to_string(x.shape()) + " has no mean");
  return sum(x) / static_cast<T>(static_cast<double>(x.size()));
}

template <class T>
T dot(const Tensor<T>& a, const Tensor<T>& b) {
  require_same_shape("dot", a, b);
  Accumulator<T> total{};
  for (std::size_t i = 0; i < a.size(); ++i) total += static_cast<Accumulator<T>>(a[i]) * b[i];
  return static_cast<T>(total);
}

#define MEND_INSTANTIATE_OPS(T)                                                          \
  template Tensor<T> matmul(const Tensor<T>&, const Tensor<T>&);                         \
  template Tensor<T> matmul_nt(const Tensor<T>&, const Tensor<T>&);                      \
  template Tensor<T> matmul_tn(const Tensor<T>&, const Tensor<T>&);                      \
  template void add_matmul_tn(Tensor<T>&, const Tensor<T>&, const Tensor<T>&);           \
  template Tensor<T> add_rows(Tensor<T>, const Tensor<T>&);                              \
  template Tensor<T> sum_rows(const Tensor<T>&);                                         \
  template Tensor<T> mean_rows(const Tensor<T>&);                                        \
  template void add_sum_rows(Tensor<T>&, const Tensor<T>&);                              \
  template Tensor<T> transpose(const Tensor<T>&);                                        \
  template Tensor<T> concat_columns(const Tensor<T>&, const Tensor<T>&);                 \
  template std::pair<Tensor<T>, Tensor<T>> split_columns(const Tensor<T>&, std::size_t); \
  template Tensor<T>& operator+=(Tensor<T>&, const Tensor<T>&);                          \
  template Tensor<T>& operator-=(Tensor<T>&, const Tensor<T>&);                          \
  template Tensor<T>& operator*=(Tensor<T>&, std::type_identity_t<T>);                   \
  template Tensor<T> multiply(Tensor<T>, const Tensor<T>&);                              \
  template T sum(const Tensor<T>&);                                                      \
  template T mean(const Tensor<T>&);                                                     \
  template T dot(const Tensor<T>&, const Tensor<T>&);

MEND_INSTANTIATE_OPS(float)
MEND_INSTANTIATE_OPS(double)
MEND_INSTANTIATE_OPS(std::complex<double>)

}  // namespace mend
