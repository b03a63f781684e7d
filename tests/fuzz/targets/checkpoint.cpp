// A checkpoint: loaded as a whole, and then saved and loaded again as the same; or refused, and then nothing changed.
#include "mend/training/checkpoint.hpp"

#include "fuzz/target.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/layers/dense.hpp"
#include "mend/layers/dropout.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/sequential.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/training/fit.hpp"

namespace mend::fuzz {
namespace {

struct Training {
  Random init{1, "init"}, shuffle{1, "shuffle"};
  Sequential<float> net = make();
  Adam<float> adam{net.parameters()};
  TrainingState state{net, &adam, {{"shuffle", &shuffle}}};

  Sequential<float> make() {
    Sequential<float> made;
    made.add<Dense>(2, 3, init).add<Relu>().add<Dropout>(0.25, Random(1, "dropout")).add<Dense>(3, 2, init);
    return made;
  }

  // Everything that a checkpoint may change, as bytes: of NaN, too, they can be compared.
  std::string bytes() {
    std::string all = shuffle.state() + net.random_streams()[0]->state() + history_to_csv(state.history);
    const auto append = [&](const Tensor<float>& x) {
      all.append(reinterpret_cast<const char*>(x.data()), x.size() * sizeof(float));
    };
    for (Parameter<float>* p : net.parameters()) append(p->value);
    for (const auto& [name, tensor] : adam.state()) append(*tensor);
    all += std::to_string(adam.steps());
    for (const auto& [key, value] : state.preprocessing) all += key + '\0' + value + '\0';
    return all;
  }
};

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> files;
  for (const std::size_t epochs : {0u, 2u}) {
    Training training;
    FitOptions options;
    options.epochs = epochs;
    options.quiet = true;
    training.state.history =
        fit(training.net, training.adam, Tensor<float>({4, 2}, 0.5f), training.shuffle, options);
    training.state.preprocessing = {{"scale", "1/255"}};
    save_checkpoint(scratch("seed"), training.state);
    files.push_back(read_file(scratch("seed")));
  }
  return files;
}

bool try_input(const std::string& bytes) {
  const auto path = file_of(bytes);
  Training training;
  const std::string before = training.bytes();
  const auto loaded = attempt([&] {
    load_checkpoint(path, training.state);
    return true;
  });
  if (!loaded) {
    require(training.bytes() == before, "what is refused changes nothing");
    return false;
  }
  save_checkpoint(scratch("again"), training.state);
  Training again;
  load_checkpoint(scratch("again"), again.state);
  require(again.bytes() == training.bytes(), "saved and loaded again it is the same");
  return true;
}

}  // namespace mend::fuzz
