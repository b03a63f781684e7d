#include "mend/metrics/assignment_table.hpp"

#include "mend/masks/frozen_masks.hpp"

namespace mend {
namespace {

void add(ErrorParts& sum, double weight, const ErrorParts& parts) {
  sum.whole += weight * parts.whole;
  sum.hole += weight * parts.hole;
  sum.ring += weight * parts.ring;
  sum.known += weight * parts.known;
}

TableRow measure_row(const AssignmentRow& row, const Restorer& restore, const Tensor<float>& images,
                     std::size_t draws) {
  TableRow measured{.stated = row, .masked_share = 0, .error = {}};
  const double weight = 1 / static_cast<double>(draws);
  for (std::size_t d = 0; d < draws; ++d) {
    const Mask mask = frozen_masks(row.family, row.size, d, images.dim(0));
    const Tensor<float> damaged = damage(images, mask);
    const RestorationError error = restoration_error(restore(damaged, mask), images, mask, Penalty::squared);
    measured.masked_share += weight * mask.hole_share();
    add(measured.error.raw, weight, error.raw);
    add(measured.error.composite, weight, error.composite);
  }
  return measured;
}

}  // namespace

const std::vector<AssignmentRow>& assignment_rows() {
  using enum MaskFamily;
  static const std::vector<AssignmentRow> rows = {{vertical_stripe, 3, 0.0128, "Good"},
                                                  {vertical_stripe, 5, 0.0156, "Good"},
                                                  {vertical_stripe, 7, 0.0183, "Acceptable"},
                                                  {vertical_stripe, 9, 0.0224, "Acceptable"},
                                                  {vertical_stripe, 11, 0.0271, "Acceptable"},
                                                  {vertical_stripe, 15, 0.0416, "Poor"},
                                                  {vertical_stripe, 21, 0.0603, "Very Poor"},
                                                  {horizontal_stripe, 3, 0.0134, "Good"},
                                                  {horizontal_stripe, 5, 0.0160, "Good"},
                                                  {horizontal_stripe, 7, 0.0188, "Acceptable"},
                                                  {horizontal_stripe, 9, 0.0221, "Acceptable"},
                                                  {horizontal_stripe, 11, 0.0256, "Acceptable"},
                                                  {horizontal_stripe, 15, 0.0350, "Poor"},
                                                  {horizontal_stripe, 21, 0.0536, "Very Poor"},
                                                  {patch, 5, 0.0114, "Good"},
                                                  {patch, 7, 0.0131, "Good"},
                                                  {patch, 9, 0.0154, "Good"},
                                                  {patch, 11, 0.0184, "Acceptable"},
                                                  {patch, 13, 0.0228, "Acceptable"},
                                                  {patch, 15, 0.0287, "Acceptable"},
                                                  {patch, 17, 0.0371, "Poor"},
                                                  {patch, 21, 0.0522, "Very Poor"}};
  return rows;
}

std::string short_name(const AssignmentRow& row) {
  return to_string(row.family).substr(0, 1) + std::to_string(row.size);
}

std::string quality_label(double whole_mse) {
  if (whole_mse < 0.02) return "Good";
  if (whole_mse < 0.04) return "Acceptable";
  return "Poor";
}

std::vector<TableRow> measure_table(const Restorer& restore, const Tensor<float>& images, std::size_t draws) {
  if (images.rank() != 2 || images.dim(1) != 28 * 28)
    throw ShapeError("measure_table: images are " + to_string(images.shape()) + " but (N, 784) was expected");
  if (draws == 0) throw Error("measure_table: expected at least 1 draw of masks, found 0");
  std::vector<TableRow> table;
  for (const AssignmentRow& row : assignment_rows())
    table.push_back(measure_row(row, restore, images, draws));
  return table;
}

}  // namespace mend
