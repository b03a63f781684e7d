#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/digits.hpp"
#include "mend/masks/restorer.hpp"

namespace mend::cli {

/// Names of the contestants, as tables and result files have them.
namespace contestant {
inline const std::string leave_black = "leave black", mean_fill = "mean fill",
                         class_mean = "class mean (oracle)", harmonic = "harmonic fill",
                         biharmonic = "biharmonic fill", neighbours = "5 nearest neighbours",
                         pca = "PCA fill", ridge = "ridge fill", gaussian = "Gaussian fill",
                         assignment = "assignment network", better = "better restorer";
}  // namespace contestant

/// Somebody who restores: a baseline, or a network that is trained once for each seed.
struct Contestant {
  std::string name;                                  ///< For tables and files.
  bool is_network = false;                           ///< Trained, with a seed; else computed.
  std::function<Restorer(std::uint64_t seed)> make;  ///< Fits or trains it.
};

/// How contestants come to be.
struct TrainingPlace {
  std::filesystem::path folder;              ///< Where checkpoints lie.
  std::map<std::string, std::string> about;  ///< What they say of the data.
  bool quick = false;                        ///< A few epochs.
  bool quiet = false;                        ///< No progress bars.
};

/// All of them, weakest first: nine baselines, the assignment's network, and the better restorer.
/// \param digits  to learn from; the oracle also looks at the classes of the test images. Must outlive the result
/// \param place  of their checkpoints
std::vector<Contestant> contestants(const Digits& digits, const TrainingPlace& place);

}  // namespace mend::cli
