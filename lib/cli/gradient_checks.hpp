#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mend/check/gradient_check.hpp"
#include "mend/check/layer_laws.hpp"

namespace mend::cli {

/// One layer, loss or network of the library, and how it is checked.
struct GradientCheck {
  std::string name;                                           ///< "Dense", "huber".
  std::function<CheckReport(const CheckOptions&)> gradients;  ///< Draws inputs from the seed of the options.
  std::function<LawReport()> laws = {};                       ///< Empty for losses.
  bool large = false;  ///< A whole network at full size, which takes a second or two: one seed is enough.
};

/// Every layer and every loss of the library, and the assignment's two networks with their loss, at full size.
std::vector<GradientCheck> gradient_checks();

}  // namespace mend::cli
