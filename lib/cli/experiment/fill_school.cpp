#include "cli/experiment/fill_school.hpp"

#include <algorithm>

#include "cli/experiment/kept_training.hpp"

namespace mend::cli {

FillSchool::FillSchool(const Tensor<float>& train, std::string name, std::filesystem::path folder,
                       std::map<std::string, std::string> about, std::size_t epochs, bool quiet)
    : train_(train),
      name_(std::move(name)),
      folder_(std::move(folder)),
      about_(std::move(about)),
      epochs_(epochs),
      quiet_(quiet) {}

FillRestorer FillSchool::restorer(std::uint64_t seed) {
  FillRestorerOptions options;
  options.seed = seed;
  options.epochs = epochs_;
  options.quiet = quiet_;
  const std::string file = file_name(of_seed(name_, seed));
  std::map<std::string, std::string> about = about_;
  about["recipe"] = name_ + ", " + std::to_string(epochs_) + " epochs";
  about["seed"] = std::to_string(seed);
  if (!fill_) fill_ = std::make_shared<const GaussianFill>(train_);
  if (std::optional<FillRestorer> found = kept(folder_ / file, about, options)) return *found;
  if (filled_.empty()) {
    Random masks(0, name_ + " masks");
    filled_ =
        fill_epochs(*fill_, train_, std::min<std::size_t>(epochs_, 10), masks);  // then again from the first
  }
  const TrainedFillRestorer trained = train_fill_restorer(fill_, train_, filled_, options);
  save_checkpoint(folder_ / file, {trained.restorer.net(), nullptr, {}, trained.history, about});
  return trained.restorer;
}

std::optional<FillRestorer> FillSchool::kept(const std::filesystem::path& path,
                                             const std::map<std::string, std::string>& about,
                                             const FillRestorerOptions& options) const {
  Random init(options.seed);
  const auto net = std::make_shared<Sequential<float>>(
      correction_network(train_.dim(1), options.width, options.hidden_layers, init));
  TrainingState state{*net};
  if (!load_kept(path, state, about)) return std::nullopt;
  return FillRestorer(fill_, net);
}

}  // namespace mend::cli
