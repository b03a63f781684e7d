#pragma once

#include <string>
#include <vector>

#include "mend/tensor/random.hpp"

namespace mend::fuzz {

/// A seed with one to four changes: bits flipped, bytes cut out, put in or written over, parts doubled or taken from
/// another seed, numbers (decimal, or 2, 4 or 8 bytes in either order) changed into those that break readers.
/// The same for the same state of `random`.
/// \param seeds  at least one  \param random  what decides
std::string mutated(const std::vector<std::string>& seeds, Random& random);

}  // namespace mend::fuzz
