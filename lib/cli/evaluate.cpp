#include "cli/evaluate.hpp"

#include <nlohmann/json.hpp>

#include "cli/json.hpp"
#include "cli/model.hpp"
#include "cli/restoration_table.hpp"
#include "cli/text.hpp"
#include "mend/files/printable.hpp"
#include "mend/layers/summary.hpp"
#include "mend/masks/frozen_masks.hpp"

namespace mend::cli {
namespace {

nlohmann::ordered_json rows_of(const RestorationTable& result) {
  auto rows = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < result.table.size(); ++i) {
    const TableRow& row = result.table[i];
    const ErrorParts& raw = row.error.raw;
    rows.push_back({{"mask", short_name(row.stated)},
                    {"family", to_string(row.stated.family)},
                    {"size", row.stated.size},
                    {"masked_share", row.masked_share},
                    {"network",
                     {{"whole", raw.whole},
                      {"hole", raw.hole},
                      {"ring", raw.ring},
                      {"known", raw.known},
                      {"composite", row.error.composite.whole}}},
                    {"leave_black", result.black[i].error.composite.whole},
                    {"mean_fill", result.mean[i].error.composite.whole},
                    {"gaussian_fill", result.gaussian[i].error.composite.whole},
                    {"stated", row.stated.whole},
                    {"stated_label", row.stated.label},
                    {"label", quality_label(raw.whole)}});
  }
  return rows;
}

}  // namespace

void evaluate(const EvaluateCommand& command, std::ostream& out) {
  const Model model = load_model(command.model);
  const Digits digits = load_digits({.data = command.data, .quick = command.quick});
  const RestorationTable result =
      measure_restorations(model.net, digits, GaussianFill(digits.train), command.quick ? 1 : 2);
  const auto found = model.about.find("data");
  const std::string trained_on = found == model.about.end() ? "unknown data" : printable(found->second);
  if (command.json) {
    print_json({{"model", command.model.string()},
                {"data", digits.dataset},
                {"trained_on", trained_on},
                {"epochs", model.history.size()},
                {"test_images", digits.test.dim(0)},
                {"draws", result.draws},
                {"frozen_masks_version", frozen_masks_version},
                {"rows", rows_of(result)}},
               out);
    return;
  }
  out << command.model.string() << ", trained for " << model.history.size() << " epochs on " << trained_on
      << "; " << result.draws << " draws of masks on " << with_commas(digits.test.dim(0))
      << " test images of " << digits.dataset << ":\n";
  print_table(result, out);
}

}  // namespace mend::cli
