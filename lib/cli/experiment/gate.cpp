#include "cli/experiment/gate.hpp"

#include <algorithm>

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
      }
      result.push_back(standing);
    }
  }
  return result;
}

std::vector<std::string> gate_sentences(const Experiment& experiment) {
  std::vector<std::string> sentences;
  std::string network, losses;
  const auto finish = [&] {
    if (!network.empty())
      sentences.push_back(
          "The " + network +
          (losses.empty() ? " loses to no baseline on any row." : " loses to the " + losses + "."));
  };
  for (const Standing& s : standings(experiment)) {
    if (s.network != network) {
      finish();
      network = s.network;
      losses.clear();
    }
    if (s.losses > 0)
      losses += (losses.empty() ? "" : ", to the ") + s.baseline + " on " + std::to_string(s.losses) +
                " of " + std::to_string(s.rows) + " rows";
  }
  finish();
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
  for (const auto& [error, name] : stronger) names.push_back(name);
  return names;
}

}  // namespace mend::cli
