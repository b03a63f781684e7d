#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/experiment/contestants.hpp"
#include "cli/experiment/statistics.hpp"
#include "cli/run.hpp"

namespace mend::cli {

/// What a row of masks hides, averaged over the frozen draws.
struct RowFacts {
  MaskRow row;                   ///< Which.
  double area = 0;               ///< Share of the pixels, in [0, 1].
  double ink = 0;                ///< Share of the brightness of the images, in [0, 1].
  double perimeter_to_area = 0;  ///< Sides that border on known pixels for each missing pixel.
  double distance_to_known = 0;  ///< Of a missing pixel, on average, in pixels.
  bool trained = true;           ///< Whether the assignment's training has masks of this size.
};

/// Everything that the experiment found; figures, page and claims are made from it.
struct Experiment {
  std::unique_ptr<Digits> digits;          ///< What it was about.
  std::unique_ptr<Classifier> classifier;  ///< Who read the restored images.
  std::vector<std::uint8_t> second;        ///< N test images: 1 for the second class.
  double clean_accuracy = 0;               ///< Of the classifier on undamaged test images.
  std::size_t seeds = 0, draws = 0;        ///< Trainings of each network; masks for each image and row.
  std::vector<RowFacts> rows;              ///< The assignment's 22.
  std::vector<Contestant> contestants;     ///< In the order of the tables.
  std::unique_ptr<Statistics> statistics;  ///< Of all contestants.
  TrainingPlace place;                     ///< Of checkpoints.
};

/// The 22 rows of the assignment's table for all baselines, its network, and the better one: five trainings of each
/// network, five frozen masks for each image and row, known pixels kept or not, and the classifier's opinion.
///
/// Measurements and checkpoints are kept in OUT/measured; what is there already and fits is not done again, so an
/// interrupted experiment goes on where it stopped. Writes OUT/experiment.csv, figures and OUT/experiment.html.
/// \param options  data, folder, seed of the trainings; quick: two seeds and draws, few images and epochs
Experiment run_experiment(const RunOptions& options);

/// What is known of the masks of some rows. \param rows  which  \param draws  frozen masks a row  \param images  (N, 784)
std::vector<RowFacts> describe_rows(const std::vector<MaskRow>& rows, std::size_t draws,
                                    const Tensor<float>& images);

}  // namespace mend::cli
