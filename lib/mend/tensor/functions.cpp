#include "mend/tensor/functions.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <type_traits>
#include <xsimd/xsimd.hpp>

#include "mend/tensor/parallel.hpp"
#include "mend/tensor/scalar.hpp"

namespace mend {
namespace {

// f on whole registers, then on what is left over, copied into one register: every element takes the same
// path, so its value does not depend on where in the tensor it stands.
template <class T, class F>
void apply_simd(Tensor<T>& x, F f) {
  using Batch = xsimd::batch<T>;
  parallel_ranges(x.size(), light_work, [&](std::size_t first, std::size_t last) {
    std::size_t i = first;
    for (; i + Batch::size <= last; i += Batch::size)
      f(Batch::load_unaligned(x.data() + i)).store_unaligned(x.data() + i);
    if (i == last) return;
    T rest[Batch::size] = {};
    std::copy(x.data() + i, x.data() + last, rest);
    f(Batch::load_unaligned(rest)).store_unaligned(rest);
    std::copy_n(rest, last - i, x.data() + i);
  });
}

// Real scalars go through SIMD, complex ones (only ever used in checks) one by one.
template <class T, class Real, class Complex>
Tensor<T> apply(Tensor<T> x, Real on_batch, Complex on_complex) {
  if constexpr (is_complex<T>::value)
    for (T& v : x) v = on_complex(v);
  else
    apply_simd(x, on_batch);
  return x;
}

}  // namespace

template <class T>
Tensor<T> exp(Tensor<T> x) {
  return apply(
      std::move(x), [](auto v) { return xsimd::exp(v); }, [](auto v) { return std::exp(v); });
}

template <class T>
Tensor<T> sigmoid(Tensor<T> x) {
  // For x < 0 as e^x / (1 + e^x): the exponent is never positive, so nothing overflows.
  return apply(
      std::move(x),
      [](auto v) {
        const auto small = xsimd::exp(-xsimd::abs(v));
        return xsimd::select(v < decltype(v)(0), small, decltype(v)(1)) / (decltype(v)(1) + small);
      },
      [](auto v) { return v.real() < 0 ? std::exp(v) / (1.0 + std::exp(v)) : 1.0 / (1.0 + std::exp(-v)); });
}

template <class T>
Tensor<T> tanh(Tensor<T> x) {
  return apply(
      std::move(x), [](auto v) { return xsimd::tanh(v); }, [](auto v) { return std::tanh(v); });
}

template <class T>
Tensor<T> softplus(Tensor<T> x) {
  // max(x, 0) + log(1 + e^-|x|): again no exponent is positive.
  return apply(
      std::move(x),
      [](auto v) { return xsimd::max(v, decltype(v)(0)) + xsimd::log1p(xsimd::exp(-xsimd::abs(v))); },
      [](auto v) { return v.real() < 0 ? std::log(1.0 + std::exp(v)) : v + std::log(1.0 + std::exp(-v)); });
}

#define MEND_INSTANTIATE_FUNCTIONS(T)    \
  template Tensor<T> exp(Tensor<T>);     \
  template Tensor<T> sigmoid(Tensor<T>); \
  template Tensor<T> tanh(Tensor<T>);    \
  template Tensor<T> softplus(Tensor<T>);

MEND_INSTANTIATE_FUNCTIONS(float)
MEND_INSTANTIATE_FUNCTIONS(double)
MEND_INSTANTIATE_FUNCTIONS(std::complex<double>)

}  // namespace mend
