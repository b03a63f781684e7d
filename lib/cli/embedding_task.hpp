#pragma once

#include "cli/digits.hpp"
#include "cli/run.hpp"

namespace mend::cli {

/// What Task 2 found, for the report.
struct EmbeddingResult {
  double test_mse = 0;         ///< Of the autoencoder, on the test images.
  double train_mse = 0;        ///< The same on the training images.
  double pca_test_mse = 0;     ///< Of two principal components, fitted to the training images.
  double pca_train_mse = 0;    ///< The same on the training images: the floor of every linear decoder.
  double accuracy = 0;         ///< Of the nearest mean code on the test images: how well the map separates.
  double pca_accuracy = 0;     ///< The same on the map of two principal components.
  std::size_t parameters = 0;  ///< Of the network.
  double seconds = 0;          ///< Of the training.
  std::size_t epochs = 0;      ///< Of the training.
  std::string summary;         ///< Layer by layer.
};

/// Task 2: trains 784-2-784 and draws the map and the reconstructions. Writes task2_* into the output folder.
EmbeddingResult embedding_task(const Digits& digits, const RunOptions& options);

}  // namespace mend::cli
