#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// A row of pictures with a label to its left.
struct GridRow {
  std::string label;  ///< "original", "masked", "restored".
  Tensor<float>
      images;  ///< (N, H, W), or (N, ...) with H times W values for each; in [0, 1], black to white.
  bool diverging = false;  ///< Values in [-1, 1] from blue over white to orange: for errors.
};

/// Rows of small pictures, drawn by libpng (the pictures) and gnuplot (the words).
///
/// Values beyond their interval are shown as its ends; what is not a number is magenta, and the caption says so.
/// Writes PATH.svg, PATH.png, PATH.gp, PATH.tiles.png (the bare pictures), PATH.csv (row, column,
/// every pixel) and PATH.alt.txt.
/// \param path  without an ending  \param rows  all with the same number of pictures
/// \param column_labels  one per picture, above it, or empty
/// \param alt  what the figure shows: its finding, at least 40 characters
/// \param height  of a picture in pixels  \param width  of a picture in pixels
/// \param caption  a small line below: the data set and the seed
/// \throws Error when there is nothing to draw, rows differ in length, the alt text is too short, a file cannot be
///   written, or gnuplot is missing or fails \throws ShapeError when images are not of the size given
void save_image_grid(const std::filesystem::path& path, const std::vector<GridRow>& rows,
                     const std::vector<std::string>& column_labels, const std::string& alt,
                     const std::string& caption = "", std::size_t height = 28, std::size_t width = 28);

}  // namespace mend
