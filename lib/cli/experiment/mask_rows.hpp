#pragma once

#include <string>
#include <vector>

#include "mend/masks/families.hpp"

namespace mend::cli {

/// One row of an experiment: a kind of damage, with the name that tables and result files use.
struct MaskRow {
  std::string name;   ///< "v3", "h21", "p5".
  MaskFamily family;  ///< The kind.
  std::size_t size;   ///< Its size, as draw_masks takes it.
};

/// The assignment's 22 rows.
std::vector<MaskRow> assignment_mask_rows();

}  // namespace mend::cli
