#pragma once

#include <filesystem>
#include <string>

// How chart and image_grid speak to gnuplot.
namespace mend {

/// A number in the fewest digits that read back as the same number.
std::string gnuplot_number(double number);

/// A text as a gnuplot expression that means it literally: nothing in it is a command, an escape or a variable. Line
/// breaks stay, other control characters become spaces.
std::string gnuplot_text(const std::string& text);

/// Runs gnuplot on a script, without a shell and without the user's own settings.
/// \param folder  where it runs \param first  commands before the script's \param script  its name in that folder
/// \throws Error when gnuplot is not installed, or with its own words when it fails
void run_gnuplot(const std::filesystem::path& folder, const std::string& first, const std::string& script);

}  // namespace mend
