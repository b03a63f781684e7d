#pragma once

#include <complex>
#include <type_traits>

// The scalars of the library: float trains, double checks, std::complex<double> carries the complex step.
// Branch and compare on the real part; never take abs, norm or conj in a forward pass: they are not analytic.
namespace mend {

/// Whether T is a std::complex: false for float and double.
template <class T>
struct is_complex : std::false_type {};
/// Whether T is a std::complex: true for those.
template <class T>
struct is_complex<std::complex<T>> : std::true_type {};

/// The real part: x itself for float and double. Whatever decides (a mask, a maximum) decides on it.
template <class T>
constexpr auto real_part(const T& x) {
  if constexpr (is_complex<T>::value)
    return x.real();
  else
    return x;
}

/// In which type sums are carried: double for float, so that a sum over a batch loses nothing, else T itself.
template <class T>
using Accumulator = std::conditional_t<std::is_same_v<T, float>, double, T>;

}  // namespace mend

/// Instantiates a class template for every scalar of the library; stands at the end of a layer's .cpp.
#define MEND_INSTANTIATE_CLASS(NAME)  \
  template class mend::NAME<float>;   \
  template class mend::NAME<double>;  \
  template class mend::NAME<std::complex<double>>;
