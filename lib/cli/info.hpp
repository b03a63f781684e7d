#pragma once

#include <filesystem>
#include <ostream>

namespace mend::cli {

/// Says what a .safetensors, NPY, NPZ, PNG or IDX file holds: names, types, shapes, metadata. Reads headers alone: a file
/// of any size takes a moment.
/// \param file  its kind is told by its first bytes, not by its name  \param json  for scripts instead of people
/// \throws Error when it cannot be read, is of no such kind, or has a damaged header
void info(const std::filesystem::path& file, bool json, std::ostream& out);

}  // namespace mend::cli
