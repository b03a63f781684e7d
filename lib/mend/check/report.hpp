#pragma once

#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "mend/check/diagnosis.hpp"
#include "mend/tensor/shape.hpp"

namespace mend {

/// The verdict on one tensor: the input, or one parameter.
struct TensorCheck {
  std::string name;  ///< "x", "weight", "0.bias", "y".
  Shape shape;       ///< Of the tensor.
  /// ||a - n|| / (||a|| + ||n||) against the complex step; NaN when nothing could be compared, here and below.
  double complex_error = std::numeric_limits<double>::quiet_NaN();
  /// The same against central differences, kinks left out.
  double central_error = std::numeric_limits<double>::quiet_NaN();
  /// The same of backward in float against backward in double; NaN when there was no float to compare with.
  double float_error = std::numeric_limits<double>::quiet_NaN();
  std::size_t coordinates =
      0;                  ///< How many entries were compared one by one: all, or a sample of a large tensor.
  std::size_t kinks = 0;  ///< How many of them were judged by the interval between their one-sided slopes.
  std::string complaint = {};  ///< What is wrong; empty when nothing is.
  Diagnosis diagnosis = {};    ///< Which mistake explains it.

  bool passed() const { return complaint.empty(); }  ///< Whether nothing is wrong.
};

/// The verdicts on all tensors of a layer or a loss.
struct CheckReport {
  std::vector<TensorCheck> tensors;  ///< The input first, then the parameters in order.
  bool passed() const;               ///< Whether no tensor has a complaint.
};

/// One line per tensor: name, shape, errors, verdict. Under it, what was compared when that is not every entry; and of a
/// failed one what is wrong, the diagnosis, and where a tutorial explains it. Fits into 80 columns as long as names do.
std::ostream& operator<<(std::ostream& out, const CheckReport& report);

/// A law that a layer breaks.
struct Breach {
  std::string law;      ///< What every layer promises.
  Diagnosis diagnosis;  ///< Which mistake that is, and what this layer does instead.
};

/// The laws that a layer breaks.
struct LawReport {
  std::size_t heard = 0;                            ///< How many laws were tried.
  std::vector<Breach> breaches;                     ///< Law by law; a law may be broken in several ways.
  bool passed() const { return breaches.empty(); }  ///< Whether it obeys all of them.
};

/// Each breach with its diagnosis and where a tutorial explains it; when there is none, how many laws were tried.
std::ostream& operator<<(std::ostream& out, const LawReport& report);

/// The lines under a failed check: the complaint, the diagnosis, the reading.
std::string explain(const std::string& complaint, const Diagnosis& diagnosis);

/// An error as reports print it, "2.3e-11", or a dash for NaN: seven columns.
std::string said_error(double error);

}  // namespace mend
