#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mend/layers/sequential.hpp"

namespace mend {

/// How many units of a layer no longer learn.
struct UnitHealth {
  std::size_t layer = 0;  ///< Its number in the network, from 0.
  std::string name;       ///< What it says that it is: "Relu".
  std::size_t units = 0;  ///< How many it has.
  std::size_t dead = 0;   ///< Of a Relu: those that are 0 for every row (Maas, Hannun and Ng 2013).
  std::size_t saturated =
      0;  ///< Of a Sigmoid or Tanh: those that are flat for every row (Glorot and Bengio 2010).
};

/// Counts the units whose slope is nothing, or next to nothing, for every row: whatever comes back to them, what is
/// before them learns nothing from it, and mostly never will again.
///
/// A unit of a Sigmoid or Tanh is flat where its slope, y (1 - y) or 1 - y^2, is below `flat` times the greatest, 1/4
/// or 1: at 0.01 where a sigmoid is below 0.0025 or above 0.9975. In the last layer that may be right: a pixel that is
/// black in every image. Layers within layers (Residual, SkipConcat) are not looked into.
/// \param net  the network  \param x  (N, ...): rows that stand for all that it will see, N at least 1
/// \param flat  in (0, 1)
/// \return a record for each Relu, Sigmoid and Tanh of the network, in order
/// \throws Error when there are no rows or `flat` is out of its range, ShapeError when x does not fit
std::vector<UnitHealth> unit_health(const Sequential<float>& net, const Tensor<float>& x, double flat = 0.01);

/// "12 of 256 units of layer 1, Relu, are dead; 3 of 16 units of layer 3, Tanh, are saturated"; empty when there are
/// none.
std::string describe(const std::vector<UnitHealth>& health);

}  // namespace mend
