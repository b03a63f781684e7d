#include "cli/model.hpp"

#include "mend/models/assignment.hpp"
#include "mend/training/checkpoint.hpp"
#include "mend/training/non_finite.hpp"

namespace mend::cli {

Model load_model(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    throw Error("there is no trained network in " + path.string() + ": train one with `mend train --out " +
                path.string() + "` (minutes), or name another with --model");
  Random weights_to_be_replaced(0);
  Model model{masked_restorer(weights_to_be_replaced), {}, {}};
  TrainingState state{model.net};
  load_checkpoint(path, state);
  if (state.history.empty())
    throw Error("the network in " + path.string() + " has not been trained for a single epoch: go on with " +
                "`mend train --resume --out " + path.string() + "`, or name another with --model");
  for (const Parameter<float>* p : model.net.parameters())
    if (!all_finite(p->value))
      throw Error(path.string() + ": '" + p->name + "' holds a number that is not finite; train it again");
  model.history = std::move(state.history);
  model.about = std::move(state.preprocessing);
  return model;
}

}  // namespace mend::cli
