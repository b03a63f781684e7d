#include "cli/experiment/gate.hpp"

#include <algorithm>
#include <map>

namespace mend::cli {
namespace {

bool takes_part(const Contestant& c) { return !c.is_network && c.name != contestant::class_mean; }

}  // namespace

std::vector<Standing> standings(const Experiment& experiment) {
  std::vector<Standing> result;
  const Statistics& s = *experiment.statistics;
  for (const Contestant& network : experiment.contestants) {
    if (!network.is_network) continue;
    for (const Contestant& baseline : experiment.contestants) {
      if (!takes_part(baseline)) continue;
      Standing standing{.network = network.name, .baseline = baseline.name, .rows = s.rows().size()};
      for (const std::string& row : s.rows()) {
        const Interval d = s.difference(network.name, baseline.name, row, Measure::composite);
        standing.wins += d.high < 0;
        standing.losses += d.low > 0;
        standing.raw_losses +=
            s.difference(network.name, Measure::whole, baseline.name, Measure::composite, row).low > 0;
      }
      result.push_back(standing);
    }
  }
  return result;
}

std::vector<std::string> gate_sentences(const Experiment& experiment) {
  std::vector<std::string> networks, sentences;
  std::map<std::string, std::string> losses, raw_losses;
  const auto add = [](std::string& list, const Standing& s, std::size_t lost) {
    if (lost > 0)
      list += (list.empty() ? "" : ", ") + s.baseline + " (" + std::to_string(lost) + " of " +
              std::to_string(s.rows) + " rows)";
  };
  for (const Standing& s : standings(experiment)) {
    if (networks.empty() || networks.back() != s.network) networks.push_back(s.network);
    add(losses[s.network], s, s.losses);
    add(raw_losses[s.network], s, s.raw_losses);
  }
  const auto said = [](const std::string& list) {
    return list.empty() ? std::string(" loses to no baseline on any row.") : " loses to: " + list + ".";
  };
  for (const std::string& network : networks) {
    sentences.push_back("With known pixels kept, the " + network + said(losses[network]));
    if (raw_losses[network] != losses[network])
      sentences.push_back("As it comes out, the " + network + said(raw_losses[network]));
  }
  return sentences;
}

std::vector<std::string> beaten_by(const Experiment& experiment, const std::string& network,
                                   const std::string& row) {
  const Statistics& s = *experiment.statistics;
  std::vector<std::pair<double, std::string>> stronger;
  for (const Contestant& baseline : experiment.contestants)
    if (takes_part(baseline) && s.difference(network, baseline.name, row, Measure::composite).low > 0)
      stronger.emplace_back(s.of(baseline.name, row, Measure::composite).estimate, baseline.name);
  std::sort(stronger.begin(), stronger.end());
  std::vector<std::string> names;
  names.reserve(stronger.size());
  for (const auto& [error, name] : stronger) names.push_back(name);
  return names;
}

}  // namespace mend::cli
