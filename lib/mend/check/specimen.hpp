#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "mend/check/frozen.hpp"
#include "mend/check/gradient_check.hpp"
#include "mend/check/oracles.hpp"

// Internal to the checks: a layer on which the laws are tried.
namespace mend {

/// A layer in double with parameters that are nowhere zero: the same one each time.
struct Specimen {
  std::unique_ptr<Layer<double>> layer;
  Frozen<double> frozen;

  explicit Specimen(const LayerMaker& make) : layer(made(make)), frozen(*layer) {}
  Layer<double>* operator->() { return layer.get(); }

  static std::unique_ptr<Layer<double>> made(const LayerMaker& make) {
    Random for_layer(1, "layer"), for_parameters(1, "parameters");
    auto layer = make.make<double>(for_layer);
    randomize_parameters(*layer, for_parameters);
    return layer;
  }
};

/// The values of the parameters.
template <class T>
std::vector<Tensor<T>> values(Layer<T>& layer) {
  std::vector<Tensor<T>> all;
  for (const Parameter<T>* p : layer.parameters()) all.push_back(p->value);
  return all;
}

/// The gradients of the parameters.
template <class T>
std::vector<Tensor<T>> gradients(Layer<T>& layer) {
  std::vector<Tensor<T>> all;
  for (const Parameter<T>* p : layer.parameters()) all.push_back(p->grad);
  return all;
}

/// Of two ways to sum the same numbers in double.
inline constexpr double rounding = 1e-13;

/// The shape with another number of rows.
inline Shape with_rows(const Shape& x, std::size_t rows) {
  std::array<std::size_t, Shape::max_rank> extents{};
  std::copy(x.begin(), x.end(), extents.begin());
  extents[0] = rows;
  return Shape(extents.data(), x.rank());
}

/// Whether two tensors are the same but for rounding.
inline bool close(const Tensor<double>& a, const Tensor<double>& b, double tolerance = rounding) {
  return a.shape() == b.shape() && relative_error(a, b) <= tolerance;
}

}  // namespace mend
