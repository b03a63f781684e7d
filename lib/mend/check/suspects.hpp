#pragma once

#include <complex>
#include <vector>

#include "mend/check/doctor.hpp"
#include "mend/check/frozen.hpp"

// Internal to the checks: who is suspected when a gradient of a layer is wrong.
namespace mend {

/// Another batch of the same shape that fits as well: the same rows, each in another's place; of a single row the same
/// numbers, likewise. (N, ...)
Tensor<double> other_batch(const Tensor<double>& x);

/// The gradients that layers with a well-known mistake would return.
class Suspects {
 public:
  /// \param twin  the layer over complex numbers  \param x  (N, ...), its input; moved while a suspect is examined, and
  ///   set back  \param upstream  dL/dy at x; all must outlive this
  Suspects(Frozen<std::complex<double>>& twin, Tensor<std::complex<double>>& x,
           const Tensor<double>& upstream)
      : twin_(twin), x_(x), upstream_(upstream) {}

  /// Those for one tensor: x itself, or a parameter of the twin.
  /// \param at  the tensor  \param coordinates  where gradients are compared  \param truth  the true gradient there
  std::vector<Suspect> of(Tensor<std::complex<double>>& at, const Coordinates& coordinates,
                          const Tensor<double>& truth);

 private:
  std::vector<Suspect> of_elementwise(const Coordinates& coordinates, const Tensor<double>& truth) const;
  Tensor<double> slopes(Tensor<std::complex<double>>& at, const Coordinates& coordinates,
                        const Tensor<double>& upstream);
  Tensor<double> slopes_at_other_batch(Tensor<std::complex<double>>& at, const Coordinates& coordinates);
  Tensor<double> slopes_of_row(Tensor<std::complex<double>>& at, const Coordinates& coordinates,
                               std::size_t n);

  Frozen<std::complex<double>>& twin_;
  Tensor<std::complex<double>>& x_;
  const Tensor<double>& upstream_;
};

}  // namespace mend
