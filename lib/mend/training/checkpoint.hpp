#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "mend/layers/layer.hpp"
#include "mend/optimizers/optimizer.hpp"
#include "mend/training/history.hpp"

namespace mend {

/// Everything that a training is: with it, going on gives the same bytes as never having stopped.
///
/// The options of fit are not part of it, nor is the learning rate, which they and the optimizer's
/// constructor say.
struct TrainingState {
  Layer<float>& net;                      ///< Weights; random streams of its layers.
  Optimizer<float>* optimizer = nullptr;  ///< Its memory and step count; null for weights alone.
  std::vector<std::pair<std::string, Random*>> streams = {};  ///< By purpose: "shuffle", "masks".
  History history = {};                                       ///< The epochs so far.
  std::map<std::string, std::string> preprocessing =
      {};  ///< "data", "classes", "scale": what the input must be.
};

/// Writes a checkpoint as .safetensors, whole or not at all: weights by name, optimizer state, random
/// streams, epochs, architecture and preprocessing.
///
/// Tensors are named "model.0.weight" and "optimizer.m.0.weight"; the metadata holds, as text, "format"
/// (always "mend checkpoint"), "version" (1), "architecture", "optimizer", "optimizer.steps", "epoch",
/// "history" (CSV), "stream.NAME", "layer_stream.NUMBER" and "preprocessing.KEY".
/// \throws Error when that fails, or when two tensors or two streams have the same name
void save_checkpoint(const std::filesystem::path& path, const TrainingState& state);

/// Reads a checkpoint into a training of the same architecture: net, optimizer and streams as far as `state`
/// names them, its history and preprocessing in any case.
///
/// With an optimizer the training is to go on, so the file must then hold just the streams that `state`
/// names. Without one, what the file says of the optimizer and of further streams is passed over.
/// \throws Error when the file is damaged, is no checkpoint, is of a newer version, or was written for
///   another architecture or optimizer: the text names both; the state is then unchanged
void load_checkpoint(const std::filesystem::path& path, TrainingState& state);

}  // namespace mend
