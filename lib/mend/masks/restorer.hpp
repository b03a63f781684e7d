#pragma once

#include <functional>

#include "mend/masks/mask.hpp"

namespace mend {

/// Whoever restores: damaged images and their mask to restored images, (N, H W) to (N, H W).
///
/// A network, a baseline, a lambda. It returns its *raw* output: the known pixels as it sees them, which need not be
/// as they came. composite() puts them back; restoration_error() judges both.
using Restorer = std::function<Tensor<float>(const Tensor<float>& damaged, const Mask& mask)>;

}  // namespace mend
