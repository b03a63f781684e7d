#include "mend/training/checkpoint.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "files/fresh_folder.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/safetensors.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/optimizers/adam.hpp"
#include "message_of.hpp"
#include "training/small_training.hpp"

using namespace mend;
using test::random_rows;

namespace {

namespace fs = std::filesystem;

Sequential<float> make_net(std::uint64_t seed, std::size_t hidden, double dropout_rate) {
  Random init(seed, "init");
  Sequential<float> net;
  net.add<Dense>(6, hidden, init).add<Relu>().add<Dropout>(dropout_rate, Random(seed, "dropout"));
  net.add<Dense>(hidden, 6, init);
  return net;
}

// A training with everything that a checkpoint must keep: Adam's memory, dropout, a stream of masks.
struct Training {
  Sequential<float> net;
  Adam<float> adam;
  Random shuffle, masks;
  History history = {};

  explicit Training(std::uint64_t seed, std::size_t hidden = 10, double dropout_rate = 0.25,
                    double beta1 = 0.9)
      : net(make_net(seed, hidden, dropout_rate)),
        adam(net.parameters(), 1e-2, beta1),
        shuffle(seed, "shuffle"),
        masks(seed, "masks") {}
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;

  void train_up_to(std::size_t epochs) {
    FitOptions options;
    options.epochs = epochs;
    options.batch_size = 4;
    options.quiet = true;
    options.make_batch = [this](Tensor<float> rows) {
      Batch batch = same_batch(std::move(rows));
      for (float& pixel : batch.input)
        if (masks.uniform() < 0.5) pixel = 0;
      return batch;
    };
    options.validate = [this] { return static_cast<double>(mean(net.predict(random_rows(3, 6)))); };
    history = fit(net, adam, random_rows(10, 6), shuffle, options, history);
  }

  TrainingState state() {
    return {net,
            &adam,
            {{"shuffle", &shuffle}, {"masks", &masks}},
            history,
            {{"scale", "1/255"}, {"data", "noise"}}};
  }
  void save(const fs::path& path) { save_checkpoint(path, state()); }
  void load(const fs::path& path) {
    TrainingState loaded = state();
    load_checkpoint(path, loaded);
    history = loaded.history;
  }

  // All that there is, as text and bytes, for comparison.
  auto everything() {
    std::vector<Tensor<float>> tensors;
    for (Parameter<float>* p : net.parameters()) tensors.push_back(p->value);
    for (const auto& [name, tensor] : adam.state()) tensors.push_back(*tensor);
    return std::tuple(tensors, adam.steps(), shuffle.state(), masks.state(), net.random_streams()[0]->state(),
                      history_to_csv(history));
  }
};

}  // namespace

TEST(Checkpoint, BringsEverythingBack) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training saved(1), loaded(2);
  saved.train_up_to(3);
  saved.save(path);
  EXPECT_NE(loaded.everything(), saved.everything());
  TrainingState state{loaded.net, &loaded.adam, {{"masks", &loaded.masks}, {"shuffle", &loaded.shuffle}}};
  load_checkpoint(path, state);
  loaded.history = state.history;
  EXPECT_EQ(loaded.everything(), saved.everything());
  EXPECT_EQ(state.preprocessing, (std::map<std::string, std::string>{{"data", "noise"}, {"scale", "1/255"}}));
}

TEST(Checkpoint, LetsATrainingGoOnAsIfItHadNeverStopped) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training straight(1), first(1), second(2);
  straight.train_up_to(7);
  first.train_up_to(3);
  first.save(path);
  second.load(path);
  EXPECT_EQ(second.history.size(), 3u);
  second.train_up_to(7);
  EXPECT_EQ(second.everything(), straight.everything());
}

TEST(Checkpoint, NamesWhatItHolds) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training saved(1);
  saved.train_up_to(2);
  saved.save(path);
  const Safetensors content = load_safetensors(path);
  std::vector<std::string> names;
  for (const auto& [name, tensor] : content.tensors) names.push_back(name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"model.0.bias", "model.0.weight", "model.3.bias", "model.3.weight",
                                      "optimizer.m.0.bias", "optimizer.m.0.weight", "optimizer.m.3.bias",
                                      "optimizer.m.3.weight", "optimizer.v.0.bias", "optimizer.v.0.weight",
                                      "optimizer.v.3.bias", "optimizer.v.3.weight"}));
  const std::map<std::string, std::string> expected = {
      {"format", "mend checkpoint"},
      {"version", "1"},
      {"architecture", saved.net.describe()},
      {"optimizer", saved.adam.describe()},
      {"optimizer.steps", "6"},
      {"epoch", "2"},
      {"history", history_to_csv(saved.history)},
      {"stream.shuffle", saved.shuffle.state()},
      {"stream.masks", saved.masks.state()},
      {"layer_stream.0", saved.net.random_streams()[0]->state()},
      {"preprocessing.scale", "1/255"},
      {"preprocessing.data", "noise"}};
  EXPECT_EQ(content.metadata, expected);
}

TEST(Checkpoint, GivesWeightsAloneToWhoAsksForThem) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training saved(1), loaded(2);
  saved.train_up_to(2);
  saved.save(path);
  TrainingState weights_alone{loaded.net};
  load_checkpoint(path, weights_alone);
  const Tensor<float> x = random_rows(3, 6);
  EXPECT_EQ(loaded.net.predict(x), saved.net.predict(x));
  EXPECT_EQ(loaded.adam.steps(), 0u);
  EXPECT_EQ(weights_alone.history.size(), 2u);

  const fs::path small = fresh_folder() / "weights.safetensors";
  save_checkpoint(small, weights_alone);
  Training third(3);
  TrainingState again{third.net};
  load_checkpoint(small, again);
  EXPECT_EQ(third.net.predict(x), saved.net.predict(x));
  EXPECT_EQ(message_of<Error>([&] { third.load(small); }),
            "checkpoint " + small.string() + ": expected an entry 'optimizer', found none");
}

// Each way in which a file can be wrong: what is changed in a good one, and what the complaint then says.
struct Damage {
  std::string name;
  std::function<void(Safetensors&)> change;
  std::string complaint;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedCheckpoint : public testing::TestWithParam<Damage> {};

TEST_P(DamagedCheckpoint, IsRefusedAndChangesNothing) {
  const fs::path folder = fs::path(testing::TempDir()) / ("mend_checkpoint_test_damaged_" + GetParam().name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  const fs::path path = folder / "training.safetensors";
  Training saved(1), loaded(2);
  saved.train_up_to(2);
  loaded.train_up_to(1);
  saved.save(path);
  Safetensors content = load_safetensors(path);
  GetParam().change(content);
  save_safetensors(path, content);
  const auto before = loaded.everything();
  TrainingState state = loaded.state();
  const auto preprocessing_before = state.preprocessing;
  EXPECT_EQ(message_of<Error>([&] { load_checkpoint(path, state); }),
            "checkpoint " + path.string() + ": " + GetParam().complaint);
  EXPECT_EQ(loaded.everything(), before);
  EXPECT_EQ(state.history.size(), 1u);
  EXPECT_EQ(state.preprocessing, preprocessing_before);
}

const std::string net_of_10 = "Sequential(Dense(6, 10), Relu, Dropout(0.25), Dense(10, 6))";

INSTANTIATE_TEST_SUITE_P(
    Each, DamagedCheckpoint,
    testing::Values(
        Damage{"OtherFormat", [](Safetensors& c) { c.metadata["format"] = "pt"; },
               "is not a mend checkpoint; save one with save_checkpoint"},
        Damage{"NoFormat", [](Safetensors& c) { c.metadata.erase("format"); },
               "is not a mend checkpoint; save one with save_checkpoint"},
        Damage{"NewerVersion", [](Safetensors& c) { c.metadata["version"] = "2"; },
               "is of version 2, this program reads up to version 1; use a newer one"},
        Damage{"VersionThatIsNoNumber", [](Safetensors& c) { c.metadata["version"] = "1b"; },
               "expected a number as 'version', found '1b'"},
        Damage{
            "OtherArchitecture", [](Safetensors& c) { c.metadata["architecture"] = "Dense(6, 6)"; },
            "expected the architecture " + net_of_10 + ", found Dense(6, 6); build the one that was saved"},
        Damage{"OtherOptimizer", [](Safetensors& c) { c.metadata["optimizer"] = "Sgd()"; },
               "expected the optimizer Adam(beta1=0.9, beta2=0.999, epsilon=1e-07), found Sgd(); build the "
               "one that "
               "was saved"},
        Damage{"MissingWeight", [](Safetensors& c) { c.tensors.erase("model.0.weight"); },
               "expected a tensor 'model.0.weight', found none"},
        Damage{"MissingMemory", [](Safetensors& c) { c.tensors.erase("optimizer.v.3.bias"); },
               "expected a tensor 'optimizer.v.3.bias', found none"},
        Damage{"WeightTooMany", [](Safetensors& c) { c.tensors["model.7.bias"] = Tensor<float>({1}); },
               "holds a tensor too many: 'model.7.bias'"},
        Damage{"MemoryTooMany", [](Safetensors& c) { c.tensors["optimizer.u.0.bias"] = Tensor<float>({1}); },
               "holds a tensor too many: 'optimizer.u.0.bias'"},
        Damage{"WrongShape", [](Safetensors& c) { c.tensors["model.3.bias"] = Tensor<float>({7}); },
               "expected 'model.3.bias' to be (6), found (7)"},
        Damage{"WrongType", [](Safetensors& c) { c.tensors["model.3.bias"] = Tensor<double>({6}); },
               "expected 'model.3.bias' to hold 32-bit floating point numbers"},
        Damage{"MissingStream", [](Safetensors& c) { c.metadata.erase("stream.masks"); },
               "expected an entry 'stream.masks', found none"},
        Damage{"StreamTooMany",
               [](Safetensors& c) { c.metadata["stream.noise"] = c.metadata["stream.masks"]; },
               "holds a random stream too many: 'stream.noise'"},
        Damage{"MissingLayerStream", [](Safetensors& c) { c.metadata.erase("layer_stream.0"); },
               "expected an entry 'layer_stream.0', found none"},
        Damage{"LayerStreamTooMany",
               [](Safetensors& c) { c.metadata["layer_stream.1"] = c.metadata["layer_stream.0"]; },
               "holds a random stream too many: 'layer_stream.1'"},
        Damage{"StreamThatIsNone", [](Safetensors& c) { c.metadata["stream.masks"] = "dice"; },
               "'stream.masks': Random::restore: this text is not the state of a random stream"},
        Damage{"Steps", [](Safetensors& c) { c.metadata["optimizer.steps"] = "-1"; },
               "expected a number as 'optimizer.steps', found '-1'"},
        Damage{"History", [](Safetensors& c) { c.metadata["history"] = "long ago"; },
               "history: expected the columns epoch,loss,validation_loss,learning_rate, found long ago"},
        Damage{"Epoch", [](Safetensors& c) { c.metadata["epoch"] = "3"; },
               "is said to end with epoch 3, but its history with epoch 2"}),
    [](const auto& damaged) { return damaged.param.name; });

// A file from elsewhere may say of itself what it likes: the error quotes it on one line, and not all of it.
TEST(Checkpoint, OfAStrangerIsQuotedLittleAndOnOneLine) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training saved(1);
  saved.save(path);
  const std::string hostile = "\x1b[2J\n" + std::string(1'000'000, 'x');
  const Safetensors good = load_safetensors(path);
  for (const std::string key :
       {"architecture", "optimizer", "version", "epoch", "history", "optimizer.steps"}) {
    Safetensors content = good;
    content.metadata[key] = hostile;
    save_safetensors(path, content);
    const std::string error = message_of<Error>([&] { saved.load(path); });
    EXPECT_EQ(error.find_first_of("\n\x1b"), std::string::npos) << key;
    EXPECT_LT(error.size(), 1000u) << key;
  }
  Safetensors content = good;
  content.tensors[hostile] = Tensor<float>({1});
  save_safetensors(path, content);
  const std::string error = message_of<Error>([&] { saved.load(path); });
  EXPECT_EQ(error.find("a tensor too many: '\\x1b[2J\\x0axxx"), error.find("a tensor too many"));
  EXPECT_LT(error.size(), 1000u);
}

TEST(Checkpoint, OfAnotherTrainingIsRefused) {
  const fs::path path = fresh_folder() / "training.safetensors";
  Training saved(1), wider(1, 11), drier(1, 10, 0.5), slower(1, 10, 0.25, 0.8);
  saved.save(path);
  EXPECT_EQ(
      message_of<Error>([&] { wider.load(path); }),
      "checkpoint " + path.string() +
          ": expected the architecture Sequential(Dense(6, 11), Relu, Dropout(0.25), Dense(11, 6)), found " +
          net_of_10 + "; build the one that was saved");
  EXPECT_NE(message_of<Error>([&] { drier.load(path); }).find("Dropout(0.5)"), std::string::npos);
  EXPECT_NE(message_of<Error>([&] { slower.load(path); }).find("the optimizer Adam(beta1=0.8"),
            std::string::npos);
}

TEST(Checkpoint, ThatIsCutOffOrNoneIsRefused) {
  const fs::path folder = fresh_folder(), path = folder / "training.safetensors";
  Training saved(1), loaded(2);
  saved.save(path);
  const auto before = loaded.everything();
  const std::string bytes = read_file(path);
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{100}, bytes.size() - 1}) {
    write_file(path, bytes.substr(0, length));
    EXPECT_THROW(loaded.load(path), Error) << length;
  }
  EXPECT_THROW(loaded.load(folder / "nothing.safetensors"), Error);
  EXPECT_EQ(loaded.everything(), before);
}

TEST(Checkpoint, ThatCannotBeWrittenLeavesNothing) {
  const fs::path folder = fresh_folder();
  Training training(1);
  write_file(folder / "file", "not a folder");
  EXPECT_THROW(training.save(folder / "file" / "training.safetensors"), Error);
  EXPECT_THROW(training.save(folder / "missing" / "training.safetensors"), Error);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  EXPECT_EQ(read_file(folder / "file"), "not a folder");
}

TEST(Checkpoint, NeedsNamesThatTellThingsApart) {
  const fs::path folder = fresh_folder();
  Training training(1);
  TrainingState twins{training.net, nullptr, {{"masks", &training.masks}, {"masks", &training.shuffle}}};
  EXPECT_EQ(message_of<Error>([&] { save_checkpoint(folder / "a", twins); }),
            "checkpoint " + (folder / "a").string() +
                ": two entries are named 'stream.masks'; give each its own name");
  training.net.parameters()[0]->name = "3.bias";
  EXPECT_EQ(message_of<Error>([&] { training.save(folder / "a"); }),
            "checkpoint " + (folder / "a").string() +
                ": two tensors are named 'model.3.bias'; give each its own name");
  EXPECT_TRUE(fs::is_empty(folder));
}
