#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#if __has_include(<xtensor/containers/xadapt.hpp>)  // where xtensor 0.26 moved it
#include <xtensor/containers/xadapt.hpp>
#else
#include <xtensor/xadapt.hpp>
#endif

#include "mend/tensor/tensor.hpp"

// The bridge to xtensor, for those who want its expressions: include it, and put xtensor on the include path.
// Nothing else of the library needs it.
namespace mend {

/// Views a tensor as an xtensor expression with as many axes as the tensor has; nothing is copied.
///
/// The view points to the tensor's own elements: what is written through it is written to the tensor. It is
/// valid as long as the tensor lives and is neither moved from nor assigned to; a temporary has no view.
/// \code
/// Tensor<float> x({128, 784});
/// xt_view(x) *= 2;                                       // in place
/// const xt::xarray<float> means = xt::mean(xt_view(x), {0});
/// \endcode
template <class T>
auto xt_view(Tensor<T>& x) {
  return xt::adapt(x.data(), x.size(), xt::no_ownership(),
                   std::vector<std::size_t>(x.shape().begin(), x.shape().end()));
}
/// The same for reading only.
template <class T>
auto xt_view(const Tensor<T>& x) {
  return xt::adapt(x.data(), x.size(), xt::no_ownership(),
                   std::vector<std::size_t>(x.shape().begin(), x.shape().end()));
}
template <class T>
void xt_view(const Tensor<T>&&) = delete;  ///< A view of a temporary would dangle.

/// The extents of a tensor that has to have `rank` axes. \throws ShapeError when it has not
template <std::size_t rank>
std::array<std::size_t, rank> extents_of_rank(const Shape& shape) {
  if (shape.rank() != rank)
    throw ShapeError("xt_view: expected " + std::to_string(rank) + " axes, found " + to_string(shape));
  std::array<std::size_t, rank> extents;
  std::copy(shape.begin(), shape.end(), extents.begin());
  return extents;
}

/// Views a tensor as an xtensor expression whose number of axes the compiler knows, which is faster:
/// `xt_view<2>(x)`. Valid as long as xt_view(x) is. \throws ShapeError when x has another number of axes
template <std::size_t rank, class T>
auto xt_view(Tensor<T>& x) {
  return xt::adapt(x.data(), x.size(), xt::no_ownership(), extents_of_rank<rank>(x.shape()));
}
/// The same for reading only. \throws ShapeError when x has another number of axes
template <std::size_t rank, class T>
auto xt_view(const Tensor<T>& x) {
  return xt::adapt(x.data(), x.size(), xt::no_ownership(), extents_of_rank<rank>(x.shape()));
}
template <std::size_t rank, class T>
void xt_view(const Tensor<T>&&) = delete;  ///< A view of a temporary would dangle.

}  // namespace mend
