#pragma once

#include <gtest/gtest.h>

#include <string>

#include "mend/check/gradient_check.hpp"
#include "mend/check/layer_laws.hpp"
#include "mend/check/oracles.hpp"
#include "mend/layers/layer.hpp"
#include "mend/tensor/ops.hpp"

// What the tests of the layers share.
namespace mend::laws {

/// Expects that the layer which `make` makes obeys the laws of all layers, see check_laws.
inline void expect_layer_laws(const LayerMaker& make, const Shape& x, const LayerTraits& traits = {}) {
  const LawReport report = check_laws(make, x, traits);
  EXPECT_TRUE(report.passed()) << report;
}

template <class F>
std::string shape_error_of(F f) {
  try {
    f();
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "no ShapeError was thrown";
}

}  // namespace mend::laws
