#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

// What chart and image_grid share: places and words on a picture, and a script that becomes two pictures.
namespace mend {

/// How many characters a UTF-8 text has.
std::size_t characters(const std::string& text);

/// How many lines a text has; 0 when it is empty.
std::size_t lines_in(const std::string& text);

/// Breaks a text at spaces into lines of at most `width` characters; a longer word stays whole.
std::string wrapped(const std::string& text, std::size_t width);

/// How words are set.
struct TextStyle {
  double size = 13;                ///< In pixels of the SVG.
  const char* colour = "#333333";  ///< Of the words.
  const char* align = "left";      ///< `left`, `center` or `right` of the given place.
  bool bold = false;               ///< Heavier.
  bool upwards = false;            ///< Turned by 90 degrees, to be read from below.
};

/// How far it is from one line to the next.
double line_height(const TextStyle& style);

/// What is to be drawn, in pixels of the SVG; the PNG has twice as many each way.
struct Drawing {
  double width = 0;      ///< Of the picture.
  double height = 0;     ///< Without the caption, that is added below.
  std::string caption;   ///< Small and grey below; none when empty.
  std::string alt;       ///< What the figure shows, for those who cannot see it.
  std::string commands;  ///< The gnuplot commands, to be run once for each picture, inside a multiplot.

  /// A place on the picture as gnuplot writes it. \param x  from the left \param y  from the top, in pixels
  std::string at(double x, double y) const;
  /// A command that lays the axes over these pixels. \param x  left side \param y  top \param w  width \param h  height
  std::string margins(double x, double y, double w, double h) const;
  /// Commands that set words, line for line, the middle of the first line at (x, y).
  std::string words(const std::string& text, double x, double y, const TextStyle& style = {}) const;
};

/// How many pixels the caption of a drawing takes below it.
double caption_height(const Drawing& drawing);

/// \throws Error for a text too short to tell what the figure shows
/// \param function  named in the error  \param alt  the text, at least 40 characters
void require_alt_text(const std::string& function, const std::string& alt);

/// Writes PATH.gp and PATH.alt.txt, has gnuplot draw PATH.svg and PATH.png; each file whole or not at all.
/// \throws Error when a file cannot be written, gnuplot is not installed, or gnuplot fails; with gnuplot's own words
void save_drawing(const std::filesystem::path& path, const Drawing& drawing);

}  // namespace mend
