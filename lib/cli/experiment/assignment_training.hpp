#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/digits.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/masks/families.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/training/checkpoint.hpp"
#include "mend/training/fit.hpp"
#include "mend/training/history.hpp"

namespace mend::cli {

/// How the assignment trains its restoring network; the defaults are its own. Studies change one thing at a time.
struct AssignmentRecipe {
  std::string name = "assignment network";            ///< What the result is called in files and tables.
  std::size_t epochs = 50;                            ///< Over all training images.
  std::vector<std::size_t> hidden = {256, 256, 128};  ///< Widths of the hidden layers.
  std::function<Mask(std::size_t images, Random& random)> masks = [](std::size_t images, Random& random) {
    return draw_assignment_masks(images, random);
  };                   ///< What is hidden.
  bool redraw = true;  ///< New masks for every batch; else one for each image, before the training.
};

/// How many epochs a run has: the assignment's 50, or 5 in a quick one.
std::size_t assignment_epochs(bool quick);

/// "assignment_network_3.safetensors": where an experiment keeps the training of a recipe with a seed.
std::string checkpoint_name(const AssignmentRecipe& recipe, std::uint64_t seed);

/// All that a training of the assignment's network is between two epochs, and what its checkpoint holds. Made in the
/// state before its first epoch: Adam, rate 0.001.
struct AssignmentTraining {
  /// \param hidden  widths of the hidden layers  \param seed  of weights, order and masks
  AssignmentTraining(const std::vector<std::size_t>& hidden, std::uint64_t seed);
  AssignmentTraining(const AssignmentTraining&) = delete;             ///< adam knows where net is.
  AssignmentTraining& operator=(const AssignmentTraining&) = delete;  ///< adam knows where net is.

  /// For save_checkpoint, with the history so far, and load_checkpoint, whose history is still to be taken over.
  /// \param about  data set, preprocessing, recipe
  TrainingState state(const std::map<std::string, std::string>& about);

  Random init, shuffle,
      masks;              ///< Streams of the weights, of the order of the images, and of what is hidden.
  Sequential<float> net;  ///< (N, 784) damaged to (N, 784) restored.
  Adam<float> adam;       ///< Over the network's parameters.
  History history;        ///< The epochs so far.
};

/// Batches of images that are damaged anew each time. \param recipe  must outlive the training
/// \param masks  the stream of the masks, likewise
MakeBatch batches_with_new_masks(const AssignmentRecipe& recipe, Random& masks);

/// A trained network and how it got there.
struct TrainedNetwork {
  Sequential<float> net;  ///< (N, 784) damaged to (N, 784) restored.
  History history;        ///< Epoch by epoch.
  double seconds = 0;     ///< Of this training; 0 when it was read from a checkpoint.
};

/// Trains the assignment's network: Adam, rate 0.001, batches of 128, MSE over the whole image.
///
/// It writes its checkpoint every ten epochs, and goes on from there when it is called again with the same recipe,
/// data and seed: the result has the same bytes as without the interruption.
/// \param train  (N, 784)  \param recipe  how  \param seed  of weights, order and masks
/// \param checkpoint  where; a file of another training is written over  \param about  stands in the checkpoint, and
///   has to be the same for going on: data set and preprocessing  \param quiet  no progress bar
TrainedNetwork train_assignment_network(const Tensor<float>& train, const AssignmentRecipe& recipe,
                                        std::uint64_t seed, const std::filesystem::path& checkpoint,
                                        const std::map<std::string, std::string>& about, bool quiet);

}  // namespace mend::cli
