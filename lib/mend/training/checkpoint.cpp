#include "mend/training/checkpoint.hpp"

#include <charconv>
#include <set>

#include "mend/files/printable.hpp"
#include "mend/files/safetensors.hpp"

namespace mend {
namespace {

constexpr const char* format = "mend checkpoint";
constexpr std::uint64_t version = 1;

std::vector<std::pair<std::string, Tensor<float>*>> tensors_of(const TrainingState& state) {
  std::vector<std::pair<std::string, Tensor<float>*>> all;
  for (Parameter<float>* p : state.net.parameters()) all.emplace_back("model." + p->name, &p->value);
  if (state.optimizer)
    for (const auto& [name, tensor] : state.optimizer->state()) all.emplace_back("optimizer." + name, tensor);
  return all;
}

std::vector<std::pair<std::string, Random*>> streams_of(const TrainingState& state) {
  std::vector<std::pair<std::string, Random*>> all;
  for (const auto& [name, stream] : state.streams) all.emplace_back("stream." + name, stream);
  for (Random* stream : state.net.random_streams())
    all.emplace_back("layer_stream." + std::to_string(all.size() - state.streams.size()), stream);
  return all;
}

// A checkpoint as it was read, with complaints that name the file.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : path_(path), content_(load_safetensors(path)) {
    if (const auto found = content_.metadata.find("format");
        found == content_.metadata.end() || found->second != format)
      fail("is not a " + std::string(format) + "; save one with save_checkpoint");
    if (const std::uint64_t found = number("version"); found > version)
      fail("is of version " + std::to_string(found) + ", this program reads up to version " +
           std::to_string(version) + "; use a newer one");
  }

  [[noreturn]] void fail(const std::string& complaint) const {
    throw Error("checkpoint " + path_.string() + ": " + complaint);
  }

  const std::string& text(const std::string& key) const {
    const auto found = content_.metadata.find(key);
    if (found == content_.metadata.end()) fail("expected an entry '" + key + "', found none");
    return found->second;
  }

  std::uint64_t number(const std::string& key) const {
    const std::string& digits = text(key);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
      fail("expected a number as '" + key + "', found '" + printable(digits) + "'");
    return value;
  }

  void require_same(const std::string& key, const std::string& expected) const {
    if (text(key) != expected)
      fail("expected the " + key + " " + expected + ", found " + printable(text(key)) +
           "; build the one that was saved");
  }

  // Takes a tensor out of the file.
  Tensor<float> take(const std::string& name, const Shape& shape) {
    const auto found = content_.tensors.find(name);
    if (found == content_.tensors.end()) fail("expected a tensor '" + name + "', found none");
    Tensor<float>* tensor = std::get_if<Tensor<float>>(&found->second);
    if (!tensor) fail("expected '" + name + "' to hold 32-bit floating point numbers");
    if (tensor->shape() != shape)
      fail("expected '" + name + "' to be " + to_string(shape) + ", found " + to_string(tensor->shape()));
    Tensor<float> taken = std::move(*tensor);
    content_.tensors.erase(found);
    return taken;
  }

  void require_nothing_left(bool optimizer_wanted) const {
    for (const auto& [name, tensor] : content_.tensors)
      if (optimizer_wanted || !name.starts_with("optimizer."))
        fail("holds a tensor too many: '" + printable(name) + "'");
  }

  void require_no_stream_but(const std::set<std::string>& known, bool strictly) const {
    for (const auto& [key, value] : content_.metadata)
      if (key.starts_with("layer_stream.") || (strictly && key.starts_with("stream.")))
        if (!known.contains(key)) fail("holds a random stream too many: '" + printable(key) + "'");
  }

  Random stream(const std::string& key) const {
    const std::string& saved = text(key);
    Random random(0);
    try {
      random.restore(saved);
    } catch (const Error& error) {
      fail("'" + key + "': " + error.what());
    }
    return random;
  }

  History history() const {
    const std::string& saved = text("history");
    try {
      return history_from_csv(saved);
    } catch (const Error& error) {
      fail(error.what());
    }
  }

  std::map<std::string, std::string> entries(const std::string& prefix) const {
    std::map<std::string, std::string> all;
    for (const auto& [key, value] : content_.metadata)
      if (key.starts_with(prefix)) all.emplace(key.substr(prefix.size()), value);
    return all;
  }

 private:
  std::filesystem::path path_;
  Safetensors content_;
};

}  // namespace

void save_checkpoint(const std::filesystem::path& path, const TrainingState& state) {
  Safetensors content;
  const auto note = [&](const std::string& key, std::string value) {
    if (!content.metadata.emplace(key, std::move(value)).second)
      throw Error("checkpoint " + path.string() + ": two entries are named '" + key +
                  "'; give each its own name");
  };
  note("format", format);
  note("version", std::to_string(version));
  note("architecture", state.net.describe());
  note("epoch", std::to_string(state.history.size()));
  note("history", history_to_csv(state.history));
  if (state.optimizer) {
    note("optimizer", state.optimizer->describe());
    note("optimizer.steps", std::to_string(state.optimizer->steps()));
  }
  for (const auto& [key, stream] : streams_of(state)) note(key, stream->state());
  for (const auto& [key, value] : state.preprocessing) note("preprocessing." + key, value);
  for (const auto& [name, tensor] : tensors_of(state))
    if (!content.tensors.emplace(name, *tensor).second)
      throw Error("checkpoint " + path.string() + ": two tensors are named '" + name +
                  "'; give each its own name");
  save_safetensors(path, content);
}

void load_checkpoint(const std::filesystem::path& path, TrainingState& state) {
  // First everything that can fail, into variables of our own ...
  Reader file(path);
  file.require_same("architecture", state.net.describe());
  if (state.optimizer) file.require_same("optimizer", state.optimizer->describe());
  const auto tensors = tensors_of(state);
  const auto streams = streams_of(state);
  std::vector<Tensor<float>> new_tensors;
  new_tensors.reserve(tensors.size());
  for (const auto& [name, tensor] : tensors) new_tensors.push_back(file.take(name, tensor->shape()));
  file.require_nothing_left(state.optimizer != nullptr);
  std::vector<Random> new_streams;
  std::set<std::string> known;
  for (const auto& [key, stream] : streams) {
    new_streams.push_back(file.stream(key));
    known.insert(key);
  }
  file.require_no_stream_but(known, state.optimizer != nullptr);
  History history = file.history();
  if (file.number("epoch") != history.size())
    file.fail("is said to end with epoch " + file.text("epoch") + ", but its history with epoch " +
              std::to_string(history.size()));
  auto preprocessing = file.entries("preprocessing.");
  const std::uint64_t steps = state.optimizer ? file.number("optimizer.steps") : 0;

  // ... then what cannot: the state changes as a whole or not at all.
  for (std::size_t i = 0; i < tensors.size(); ++i) *tensors[i].second = std::move(new_tensors[i]);
  for (std::size_t i = 0; i < streams.size(); ++i) *streams[i].second = new_streams[i];
  if (state.optimizer) state.optimizer->set_steps(steps);
  state.history = std::move(history);
  state.preprocessing = std::move(preprocessing);
}

}  // namespace mend
