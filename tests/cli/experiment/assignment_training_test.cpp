#include "cli/experiment/assignment_training.hpp"

#include "files/fresh_folder.hpp"
#include "mend/data/stroke_digits.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/tensor/ops.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

const Tensor<float>& images() {
  static const Tensor<float> x = to_rows(stroke_digits(100, 10, 1, {5, 7}).train);
  return x;
}

AssignmentRecipe small_recipe() {
  AssignmentRecipe recipe;
  recipe.epochs = 25;
  recipe.hidden = {8};
  return recipe;
}

TrainedNetwork train(const AssignmentRecipe& recipe, std::uint64_t seed,
                     const std::filesystem::path& checkpoint) {
  return train_assignment_network(images(), recipe, seed, checkpoint, {{"data", "strokes"}}, true);
}

// Masks as ever, until the power fails in the middle of an epoch.
AssignmentRecipe interrupted_after(std::size_t batches) {
  AssignmentRecipe recipe = small_recipe();
  recipe.masks = [left = batches](std::size_t n, Random& random) mutable {
    if (left-- == 0) throw Error("power failure");
    return draw_assignment_masks(n, random);
  };
  return recipe;
}

}  // namespace

TEST(AssignmentTraining, GoesOnWhereItWasInterruptedToTheSameBytes) {
  const auto folder = fresh_folder();
  const TrainedNetwork whole = train(small_recipe(), 3, folder / "whole.safetensors");
  // 100 images are one batch; checkpoints are written after 10 and 20 epochs.
  EXPECT_THROW(train(interrupted_after(23), 3, folder / "cut.safetensors"), Error);
  const TrainedNetwork resumed = train(small_recipe(), 3, folder / "cut.safetensors");
  EXPECT_EQ(resumed.history.size(), 25u);
  EXPECT_EQ(resumed.net.predict(images()), whole.net.predict(images()));
  EXPECT_EQ(read_file(folder / "cut.safetensors"), read_file(folder / "whole.safetensors"));
}

TEST(AssignmentTraining, DoesNotTrainTwice) {
  const auto folder = fresh_folder();
  const TrainedNetwork first = train(small_recipe(), 1, folder / "net.safetensors");
  const TrainedNetwork again = train(interrupted_after(0), 1, folder / "net.safetensors");  // would throw
  EXPECT_EQ(again.net.predict(images()), first.net.predict(images()));
  EXPECT_EQ(again.seconds, 0);
}

TEST(AssignmentTraining, TakesNoCheckpointOfAnotherTraining) {
  const auto folder = fresh_folder();
  const Tensor<float> seed_1 = train(small_recipe(), 1, folder / "net.safetensors").net.predict(images());
  const Tensor<float> seed_2 = train(small_recipe(), 2, folder / "net.safetensors").net.predict(images());
  EXPECT_NE(seed_1, seed_2);
  AssignmentRecipe wider = small_recipe();
  wider.hidden = {9};
  EXPECT_EQ(train(wider, 2, folder / "net.safetensors").history.size(), 25u);
  write_file(folder / "net.safetensors", "damaged");
  EXPECT_EQ(train(small_recipe(), 2, folder / "net.safetensors").net.predict(images()), seed_2);
}

TEST(AssignmentTraining, DrawsMasksOnceWhenAskedTo) {
  const auto folder = fresh_folder();
  AssignmentRecipe fixed = small_recipe();
  fixed.redraw = false;
  std::size_t calls = 0;
  fixed.masks = [&](std::size_t n, Random& random) {
    ++calls;
    return draw_assignment_masks(n, random);
  };
  train(fixed, 1, folder / "fixed.safetensors");
  EXPECT_EQ(calls, 1u);
}
