#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "data/idx_fixture.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/models/assignment.hpp"
#include "mend/training/checkpoint.hpp"

// A model and a data set on disk for the verbs that read them.
namespace mend::test {

/// The assignment's restorer with random weights, as load_model reads it: what it answers does not matter, only that it
/// is its answer. \param path  where to  \param data  what it says that it was trained on
inline Sequential<float> saved_model(const std::filesystem::path& path, const std::string& data = "strokes") {
  Random init(5, "init");
  Sequential<float> net = masked_restorer(init);
  TrainingState state{net};
  state.preprocessing = {{"data", data}};
  state.history = {{.epoch = 1, .loss = 0.5, .validation_loss = 0.25, .learning_rate = 0.001}};
  save_checkpoint(path, state);
  return net;
}

/// A folder with fives and sevens as four IDX files.
inline void save_digits(const std::filesystem::path& folder, std::size_t train, std::size_t test) {
  const Dataset digits = stroke_digits(train, test, 1, {5, 7});
  std::filesystem::create_directories(folder);
  for (const auto& [name, images] :
       std::map<std::string, Images>{{"train", digits.train}, {"t10k", digits.test}}) {
    write(folder / (name + "-images-idx3-ubyte"), idx_text(images.pixels));
    write(folder / (name + "-labels-idx1-ubyte"),
          idx_text(Tensor<std::uint8_t>({images.labels.size()}, images.labels)));
  }
}

}  // namespace mend::test
