#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mend/training/train_fill_restorer.hpp"

namespace mend::cli {

/// Trains the better restorer with any number of seeds. The fill, and the images that were damaged and filled by it, are
/// made once for all of them; each network is kept as a checkpoint and not trained twice.
class FillSchool {
 public:
  /// \param train  (N, 784); must outlive this  \param name  of the contestant, for file names
  /// \param folder  for checkpoints  \param about  what they say of the data; another text, another training
  /// \param epochs  of each training  \param quiet  no progress bar
  FillSchool(const Tensor<float>& train, std::string name, std::filesystem::path folder,
             std::map<std::string, std::string> about, std::size_t epochs, bool quiet);

  /// The restorer of a seed, trained or read.
  FillRestorer restorer(std::uint64_t seed);

 private:
  std::optional<FillRestorer> kept(const std::filesystem::path& path,
                                   const std::map<std::string, std::string>& about,
                                   const FillRestorerOptions& options) const;

  const Tensor<float>& train_;
  std::string name_;
  std::filesystem::path folder_;
  std::map<std::string, std::string> about_;
  std::size_t epochs_;
  bool quiet_;
  std::shared_ptr<const GaussianFill> fill_;
  std::vector<FilledImages> filled_;
};

}  // namespace mend::cli
