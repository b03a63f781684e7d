#include "cli/experiment/mask_rows.hpp"

#include "mend/metrics/assignment_table.hpp"

namespace mend::cli {

std::vector<MaskRow> assignment_mask_rows() {
  std::vector<MaskRow> rows;
  for (const AssignmentRow& row : assignment_rows()) rows.push_back({short_name(row), row.family, row.size});
  return rows;
}

}  // namespace mend::cli
