#include "cli/lost_units.hpp"

#include "mend/metrics/unit_health.hpp"

namespace mend::cli {

std::string lost_units(const Sequential<float>& net, const Tensor<float>& rows) {
  auto health = unit_health(net, rows);
  std::erase_if(health, [&](const UnitHealth& h) { return h.layer + 1 == net.size(); });
  const std::string text = describe(health);
  return text.empty() ? "" : "no longer learning: " + text + "\n";
}

}  // namespace mend::cli
