#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mend/masks/families.hpp"
#include "mend/masks/restorer.hpp"
#include "mend/metrics/restoration_error.hpp"

namespace mend {

/// One row of the assignment's "Progressive Masking Analysis", as its author reported it.
struct AssignmentRow {
  MaskFamily family;  ///< How the images were damaged.
  std::size_t size;   ///< Width of the stripe or side of the square in pixels.
  double whole;       ///< The whole-image MSE it states.
  std::string label;  ///< The label it states, "Good" to "Very Poor"; 5 of 22 break its own thresholds.
};

/// The 22 rows: vertical and horizontal stripes of width 3 to 21, squares of side 5 to 21.
const std::vector<AssignmentRow>& assignment_rows();

/// The row in a word, for narrow columns and file names: "v3", "h21", "p5".
std::string short_name(const AssignmentRow& row);

/// The assignment's thresholds: "Good" below 0.02, "Acceptable" below 0.04, else "Poor". Computed, never
/// typed.
std::string quality_label(double whole_mse);

/// A row as measured: the mean over several draws of masks.
struct TableRow {
  AssignmentRow stated;     ///< What the assignment says.
  double masked_share = 0;  ///< Share of the pixels masked, in [0, 1].
  RestorationError error;   ///< Mean squared errors as measured, mean over the draws.
};

/// Measures the 22 rows on all images, under frozen_masks(): everyone who is measured sees the same ones.
/// \param restore  what is judged  \param images  (N, 784) originals  \param draws  masks per image and row
/// \throws ShapeError when images are not (N, 784)  \throws Error for 0 draws
std::vector<TableRow> measure_table(const Restorer& restore, const Tensor<float>& images, std::size_t draws);

}  // namespace mend
