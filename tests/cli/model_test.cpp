#include "cli/model.hpp"

#include <limits>

#include "cli/trained_model.hpp"
#include "files/fresh_folder.hpp"

using namespace mend;
using namespace mend::cli;

TEST(Model, ComesWithItsHistoryAndWhatItWasTrainedOn) {
  const auto path = fresh_folder() / "model.safetensors";
  const Sequential<float> net = test::saved_model(path);
  const Model model = load_model(path);
  const Tensor<float> x({2, 784}, 0.3f);
  EXPECT_EQ(model.net.predict(x), net.predict(x));
  EXPECT_EQ(model.history.size(), 1u);
  EXPECT_EQ(model.about.at("data"), "strokes");
}

TEST(Model, SaysHowToTrainOneWhereThereIsNone) {
  const auto path = fresh_folder() / "none.safetensors";
  const std::string error = error_of([&] { load_model(path); });
  EXPECT_NE(error.find("mend train --out " + path.string()), std::string::npos) << error;
}

TEST(Model, RefusesOtherNetworksAndWeightsThatAreNoNumbers) {
  const auto path = fresh_folder() / "other.safetensors";
  Random init(1);
  Sequential<float> narrow = masked_restorer(init, {8});
  save_checkpoint(path, {narrow});
  EXPECT_NE(error_of([&] { load_model(path); }).find("architecture"), std::string::npos);
  Sequential<float> net = masked_restorer(init);
  save_checkpoint(path, {net});
  EXPECT_NE(error_of([&] { load_model(path); }).find("has not been trained for a single epoch"),
            std::string::npos);
  net.parameters()[3]->value[7] = std::numeric_limits<float>::quiet_NaN();
  TrainingState state{net};
  state.history = {{.epoch = 1, .loss = 0.5, .validation_loss = 0.25, .learning_rate = 0.001}};
  save_checkpoint(path, state);
  const std::string error = error_of([&] { load_model(path); });
  EXPECT_NE(error.find("'2.bias' holds a number that is not finite"), std::string::npos) << error;
  put(path, "no model");
  EXPECT_NE(error_of([&] { load_model(path); }).find("as safetensors"), std::string::npos);
}
