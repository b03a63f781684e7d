#pragma once

#include <cstdint>

#include "mend/masks/mask.hpp"

/// FNV-1a of the pixels, one byte each: 1 in the hole.
inline std::uint64_t checksum(const mend::Mask& mask) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const float hole : mask.hole()) hash = (hash ^ (hole != 0)) * 0x100000001b3;
  return hash;
}
