#include "cli/experiment/kept_training.hpp"

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/sequential.hpp"

using namespace mend;
using namespace mend::cli;

TEST(KeptTraining, NamesFilesWithoutBlanksAndBrackets) {
  EXPECT_EQ(file_name("class mean (oracle)", ".csv"), "class_mean__oracle_.csv");
  EXPECT_EQ(file_name(of_seed("assignment network", 3)), "assignment_network_3.safetensors");
}

TEST(KeptTraining, IsReadOnlyWhenItIsOfJustThisTraining) {
  const auto folder = fresh_folder();
  Random init(1);
  Sequential<float> net, other, wider;
  net.add<Dense>(2, 3, init);
  other.add<Dense>(2, 3, init);
  wider.add<Dense>(2, 4, init);
  save_checkpoint(folder / "net.safetensors", {net, nullptr, {}, {}, {{"data", "strokes"}}});
  TrainingState state{other}, of_wider{wider};
  const Tensor<float> x({1, 2}, 1.0f);
  EXPECT_FALSE(load_kept(folder / "none.safetensors", state, {{"data", "strokes"}}));
  EXPECT_FALSE(load_kept(folder / "net.safetensors", of_wider, {{"data", "strokes"}}));
  EXPECT_FALSE(load_kept(folder / "net.safetensors", state, {{"data", "MNIST"}}));
  EXPECT_TRUE(load_kept(folder / "net.safetensors", state, {{"data", "strokes"}}));
  EXPECT_EQ(other.predict(x), net.predict(x));
  write_file(folder / "net.safetensors", "damaged");
  EXPECT_FALSE(load_kept(folder / "net.safetensors", state, {{"data", "strokes"}}));
}
