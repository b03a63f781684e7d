#pragma once

#include <cstddef>

namespace mend::fuzz {

/// From here on counts anew.
void begin_measuring();
/// The most bytes that were in use at a time since then, beyond those in use at the beginning. Counts malloc and its
/// kin, whoever called them; always 0 where neither glibc nor a sanitizer tells.
std::size_t most_memory();

}  // namespace mend::fuzz
