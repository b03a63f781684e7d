#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "mend/training/checkpoint.hpp"

namespace mend::cli {

/// "assignment network_3": what a network is called that was trained with a seed.
std::string of_seed(const std::string& name, std::uint64_t seed);

/// A name as that of a file: "PCA fill" becomes "PCA_fill" and the ending.
std::string file_name(std::string name, const std::string& ending = ".safetensors");

/// Reads a checkpoint into `state` when it is of just this training.
/// \param checkpoint  one that is missing, damaged, of another architecture or of another training is not
/// \param state  as load_checkpoint fills it in; of no use after false  \param about  what the checkpoint must say
/// \return whether it was
bool load_kept(const std::filesystem::path& checkpoint, TrainingState& state,
               const std::map<std::string, std::string>& about);

}  // namespace mend::cli
