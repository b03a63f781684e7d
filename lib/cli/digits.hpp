#pragma once

#include "cli/run.hpp"
#include "mend/data/dataset.hpp"

namespace mend::cli {

/// Task 1: the two classes, ready for the networks.
struct Digits {
  std::string dataset;               ///< Its name, for every caption.
  std::vector<std::string> names;    ///< Of the two classes: "5" and "7".
  Images train_images, test_images;  ///< As bytes, with labels.
  Tensor<float> train, test;         ///< (N, 784) in [0, 1].
  double mean_test_mse = 0;          ///< Of answering every test image with the mean training image.
};

/// The assignment's two classes.
inline const std::vector<std::uint8_t> assignment_classes = {5, 7};

/// Loads a data set and keeps the two classes; with --quick only the first few hundred images of each.
Digits load_digits(const RunOptions& options);

/// How many images have a label. \param images  labelled \param label  which
std::size_t count_label(const Images& images, std::uint8_t label);

}  // namespace mend::cli
