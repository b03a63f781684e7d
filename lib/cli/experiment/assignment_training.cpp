#include "cli/experiment/assignment_training.hpp"

#include <memory>

#include "cli/experiment/kept_training.hpp"
#include "cli/text.hpp"
#include "mend/models/assignment.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

constexpr std::size_t epochs_per_checkpoint = 10;

// The training as the file left it, or null when the file is none of this training.
std::unique_ptr<AssignmentTraining> resumed(const AssignmentRecipe& recipe, std::uint64_t seed,
                                            const std::filesystem::path& checkpoint,
                                            const std::map<std::string, std::string>& about) {
  auto training = std::make_unique<AssignmentTraining>(recipe.hidden, seed);
  TrainingState state = training->state({});
  if (!load_kept(checkpoint, state, about) || state.history.size() > recipe.epochs) return nullptr;
  training->history = std::move(state.history);
  return training;
}

// Batches of rows [damaged | clean].
MakeBatch batches_with_fixed_masks(std::size_t width) {
  return [width](const Tensor<float>& rows) {
    auto [damaged, clean] = split_columns(rows, width);
    return Batch{std::move(damaged), std::move(clean), {}};
  };
}

}  // namespace

AssignmentTraining::AssignmentTraining(const std::vector<std::size_t>& hidden, std::uint64_t seed)
    : init(seed, "task3 init"),
      shuffle(seed, "task3 shuffle"),
      masks(seed, "task3 masks"),
      net(masked_restorer(init, hidden)),
      adam(net.parameters(), 1e-3) {}

TrainingState AssignmentTraining::state(const std::map<std::string, std::string>& about) {
  return {net, &adam, {{"shuffle", &shuffle}, {"masks", &masks}}, history, about};
}

MakeBatch batches_with_new_masks(const AssignmentRecipe& recipe, Random& masks) {
  return masked_batches([&recipe, &masks](std::size_t images) { return recipe.masks(images, masks); });
}

std::size_t assignment_epochs(bool quick) { return quick ? 5 : 50; }

std::string checkpoint_name(const AssignmentRecipe& recipe, std::uint64_t seed) {
  return file_name(of_seed(recipe.name, seed));
}

TrainedNetwork train_assignment_network(const Tensor<float>& train, const AssignmentRecipe& recipe,
                                        std::uint64_t seed, const std::filesystem::path& checkpoint,
                                        const std::map<std::string, std::string>& about, bool quiet) {
  std::map<std::string, std::string> complete = about;
  complete["recipe"] = recipe.name + ", " + std::to_string(recipe.epochs) + " epochs";
  complete["seed"] = std::to_string(seed);
  std::unique_ptr<AssignmentTraining> training = resumed(recipe, seed, checkpoint, complete);
  if (!training) training = std::make_unique<AssignmentTraining>(recipe.hidden, seed);

  Tensor<float> rows;
  FitOptions options;
  if (recipe.redraw) {
    options.make_batch = batches_with_new_masks(recipe, training->masks);
  } else {
    Random fixed(seed, "task3 fixed masks");
    rows = concat_columns(damage(train, recipe.masks(train.dim(0), fixed)), train);
    options.make_batch = batches_with_fixed_masks(train.dim(1));
  }
  options.epochs = recipe.epochs;
  options.quiet = quiet;
  History& history = training->history;
  const std::size_t before = history.size();
  options.after_epoch = [&](const EpochRecord& record) {
    history.push_back(record);
    if (record.epoch % epochs_per_checkpoint == 0 || record.epoch == recipe.epochs)
      save_checkpoint(checkpoint, training->state(complete));
  };
  const Stopwatch watch;
  if (before < recipe.epochs)
    fit(training->net, training->adam, recipe.redraw ? train : rows, training->shuffle, options, history);
  return {std::move(training->net), history, before < recipe.epochs ? watch.seconds() : 0};
}

}  // namespace mend::cli
