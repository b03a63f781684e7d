#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/experiment/experiment.hpp"

namespace mend::cli {

/// Names of the networks that the studies train beside the assignment's.
namespace variant {
inline const std::string fixed_masks = "fixed masks", wide = "512-512-256", narrow = "128-128-64",
                         no_vertical = "no vertical stripes", no_horizontal = "no horizontal stripes",
                         no_patch = "no patches", other_class = "trained on the other class",
                         own_context = "own surroundings", other_context = "another's surroundings";
}  // namespace variant

/// What the experiment does not tell about the claims: further trainings, further masks.
struct Studies {
  std::size_t draws = 0;  ///< Masks for each image and row.
  std::size_t seeds = 0;  ///< Trainings of each variant.
  std::unique_ptr<Statistics>
      variants;                 ///< The 22 rows: the assignment network, and it with one thing changed.
  std::vector<double> copying;  ///< MSE on undamaged test images: assignment network, wide, narrow.
  double pca_64 = 0;            ///< MSE of 64 principal components on undamaged test images.
  std::vector<RowFacts> further_rows;   ///< Scattered pixels, scratches, nearly everything.
  std::unique_ptr<Statistics> further;  ///< On them: assignment network, Gaussian fill, mean fill.
  std::unique_ptr<Statistics>
      context;  ///< Some rows: known pixels from the image itself, from another class.
  std::unique_ptr<Statistics>
      unseen[2];  ///< Images of the first, of the second class: assignment network, and it
                  ///< trained on the other class alone.
  std::vector<double> map_accuracy,
      map_mse;                           ///< Task 2, for each seed: nearest class mean on the map, test MSE.
  double pca_accuracy = 0, pca_mse = 0;  ///< The same of two principal components.
  std::vector<double> map_floor;         ///< Task 2, for each seed: training MSE over that of PCA-2.
};

/// Trains and measures all of it; what lies in OUT/measured is not done again. \param experiment  finished
Studies run_studies(const Experiment& experiment, const RunOptions& options);

}  // namespace mend::cli
