#pragma once

#include <complex>
#include <functional>
#include <string>
#include <vector>

#include "mend/check/doctor.hpp"
#include "mend/check/gradient_check.hpp"

// Internal to the checks: one gradient is judged by the oracles, and diagnosed when it is wrong.
namespace mend {

/// A tensor under test: where it is moved, what backward said of it, and the objective as a function of it.
struct Subject {
  std::string name;
  Tensor<double>& at;
  Tensor<std::complex<double>>& twin_at;
  const Tensor<double>& analytic;
  std::function<double()> objective;
  std::function<std::complex<double>()> twin_objective;
  double magnitude = 0;      ///< Of the terms of the objective: rounding errors are proportional to it.
  Diagnosis suspicion = {};  ///< What was found wrong before any number was compared.
  const Tensor<double>* narrow = nullptr;          ///< What backward in float said; null when there is none.
  std::size_t rows = 0, columns = 0;               ///< For Evidence.
  bool of_loss = false;                            ///< For Evidence.
  const Tensor<double>* elementwise_at = nullptr;  ///< x, where y has its shape; for Evidence.
  /// Suspects for the doctor, whose gradients are taken at these coordinates.
  std::function<std::vector<Suspect>(const Coordinates&, const Tensor<double>& truth)> suspects = {};
};

/// The verdict on one gradient.
TensorCheck check_tensor(const Subject& subject, const CheckOptions& options);

}  // namespace mend
