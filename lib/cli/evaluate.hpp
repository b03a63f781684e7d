#pragma once

#include <filesystem>
#include <ostream>
#include <string>

#include "cli/train.hpp"

namespace mend::cli {

/// What `mend evaluate` is asked for.
struct EvaluateCommand {
  std::filesystem::path model = default_model;  ///< Who is judged.
  std::string data;                             ///< See load_dataset.
  bool quick = false;                           ///< Few images, one draw of masks instead of two.
  bool json = false;                            ///< For scripts instead of people.
};

/// Measures the assignment's 22 rows on the test images: the network's errors, and those of leaving the hole black, of
/// the mean image and of the Gaussian fill. Mean squared errors, of pixels in [0, 1].
///
/// As JSON: an object {"model", "data", "trained_on", "epochs", "test_images", "draws", "frozen_masks_version", "rows"}.
/// A row is {"mask", "family", "size", "masked_share", "network": {"whole", "hole", "ring", "known", "composite"},
/// "leave_black", "mean_fill", "gaussian_fill", "stated", "stated_label", "label"}: "whole" to "known" are of the raw
/// output, "composite" and the three baselines over the whole image with the known pixels kept.
/// \throws Error when model or data cannot be used
void evaluate(const EvaluateCommand& command, std::ostream& out);

}  // namespace mend::cli
