#include "cli/experiment/kept_training.hpp"

#include "mend/tensor/error.hpp"

namespace mend::cli {

std::string of_seed(const std::string& name, std::uint64_t seed) { return name + "_" + std::to_string(seed); }

std::string file_name(std::string name, const std::string& ending) {
  for (char& c : name)
    if (c == ' ' || c == '(' || c == ')') c = '_';
  return name + ending;
}

bool load_kept(const std::filesystem::path& checkpoint, TrainingState& state,
               const std::map<std::string, std::string>& about) {
  if (!std::filesystem::exists(checkpoint)) return false;
  try {
    load_checkpoint(checkpoint, state);
  } catch (const Error&) {
    return false;
  }
  return state.preprocessing == about;
}

}  // namespace mend::cli
