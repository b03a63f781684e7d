#pragma once

#include <filesystem>
#include <string>

#include "report/results.hpp"

namespace bench {

/// The page "How fast is it, and why", in Markdown; all its numbers are from the results.
std::string speed_page(const Results& results);

/// Writes what a site shows: results/speed_roofline.svg, results/speed_scale.svg where there is scale.csv, and speed.md.
/// \param docs  where results/speed.csv lies
void write_speed_page(const std::filesystem::path& docs);

}  // namespace bench
