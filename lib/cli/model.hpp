#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "mend/layers/sequential.hpp"
#include "mend/training/history.hpp"

namespace mend::cli {

/// A restorer from a checkpoint, ready to be used.
struct Model {
  Sequential<float> net;                     ///< The assignment's: (N, 784) damaged to (N, 784) restored.
  History history;                           ///< How it was trained.
  std::map<std::string, std::string> about;  ///< What it was trained on: "data", "classes", ...
};

/// Reads a checkpoint of the assignment's restorer: one that `mend train`, `run` or `experiment` wrote.
/// \throws Error when there is none: the text says how to train one; when it is damaged or of another architecture; and
///   when a weight is not finite
Model load_model(const std::filesystem::path& path);

}  // namespace mend::cli
