#pragma once

#include <string>

#include "mend/layers/sequential.hpp"

namespace mend::cli {

/// What a run says of a trained network's units that no longer learn: a line with its end, or nothing when there are
/// none. Not of the last layer, where a pixel that is black in every image rightly is.
/// \param net  the network  \param rows  (N, ...): what it is judged by
std::string lost_units(const Sequential<float>& net, const Tensor<float>& rows);

}  // namespace mend::cli
