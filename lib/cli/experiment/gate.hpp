#pragma once

#include <string>
#include <vector>

#include "cli/experiment/experiment.hpp"

namespace mend::cli {

/// How a network stands against a baseline over all rows, by the composite MSE.
struct Standing {
  std::string network, baseline;     ///< Who against whom.
  std::size_t wins = 0, losses = 0;  ///< Rows where the paired 95 % interval lies below, above zero.
  std::size_t raw_losses = 0;        ///< Rows lost likewise by the raw output, known pixels not put back.
  std::size_t rows = 0;              ///< All rows; the rest cannot be told.
};

/// Every network against every baseline but oracles. \param experiment  finished
std::vector<Standing> standings(const Experiment& experiment);

/// The baseline gate: a sentence for each network, which says to whom it loses, on how many rows; or that it loses to
/// none. Every page that shows a restoration says them.
std::vector<std::string> gate_sentences(const Experiment& experiment);

/// The baselines of the gate that beat a network in a row with certainty, strongest first. \param row  its name
std::vector<std::string> beaten_by(const Experiment& experiment, const std::string& network,
                                   const std::string& row);

}  // namespace mend::cli
