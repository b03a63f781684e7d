#include "cli/experiment/contestants.hpp"

#include <memory>

#include "cli/experiment/assignment_training.hpp"
#include "cli/experiment/fill_school.hpp"
#include "mend/baselines/biharmonic_fill.hpp"
#include "mend/baselines/class_mean_oracle.hpp"
#include "mend/baselines/gaussian_fill.hpp"
#include "mend/baselines/harmonic_fill.hpp"
#include "mend/baselines/leave_black.hpp"
#include "mend/baselines/mean_fill.hpp"
#include "mend/baselines/nearest_neighbours_fill.hpp"
#include "mend/baselines/pca_fill.hpp"
#include "mend/baselines/ridge_fill.hpp"

namespace mend::cli {
namespace {

// Fitted when first asked for, then kept: there is one for all seeds.
Contestant baseline(std::string name, std::function<Restorer()> fit) {
  return {std::move(name), false, [fit = std::move(fit), kept = std::make_shared<Restorer>()](std::uint64_t) {
            if (!*kept) *kept = fit();
            return *kept;
          }};
}

// Trained when first asked for with a seed, then kept.
Contestant network(std::string name, std::function<Restorer(std::uint64_t)> train) {
  using Kept = std::map<std::uint64_t, Restorer>;
  return {std::move(name), true,
          [train = std::move(train), kept = std::make_shared<Kept>()](std::uint64_t seed) {
            auto found = kept->find(seed);
            if (found == kept->end()) found = kept->emplace(seed, train(seed)).first;
            return found->second;
          }};
}

Restorer assignment_network(const Digits& digits, const TrainingPlace& place, std::uint64_t seed) {
  AssignmentRecipe recipe;
  recipe.epochs = assignment_epochs(place.quick);
  auto net = std::make_shared<Sequential<float>>(
      train_assignment_network(digits.train, recipe, seed, place.folder / checkpoint_name(recipe, seed),
                               place.about, place.quiet)
          .net);
  return [net](const Tensor<float>& damaged, const Mask&) { return net->predict(damaged); };
}

}  // namespace

std::vector<Contestant> contestants(const Digits& digits, const TrainingPlace& place) {
  const Tensor<float>& train = digits.train;
  const auto school =
      std::make_shared<FillSchool>(train, contestant::better, place.folder, place.about,
                                   place.quick ? 3u : FillRestorerOptions{}.epochs, place.quiet);
  return {
      baseline(contestant::leave_black, [] { return Restorer(leave_black); }),
      baseline(contestant::mean_fill, [&] { return Restorer(MeanFill(train)); }),
      baseline(contestant::class_mean,
               [&] {
                 return Restorer([oracle = ClassMeanOracle(train, digits.train_images.labels), &digits](
                                     const Tensor<float>& damaged, const Mask& mask) {
                   return oracle(damaged, mask, digits.test_images.labels);
                 });
               }),
      baseline(contestant::harmonic, [] { return Restorer(harmonic_fill); }),
      baseline(contestant::biharmonic, [] { return Restorer(biharmonic_fill); }),
      baseline(contestant::neighbours, [&] { return Restorer(NearestNeighboursFill(train, 5)); }),
      baseline(contestant::pca, [&] { return Restorer(PcaFill(train)); }),
      baseline(contestant::ridge,
               [&] {
                 Random masks(0, "ridge masks");
                 return Restorer(RidgeFill(
                     train, [&](std::size_t images) { return draw_assignment_masks(images, masks); }));
               }),
      baseline(contestant::gaussian, [&] { return Restorer(GaussianFill(train)); }),
      network(contestant::assignment,
              [&digits, place](std::uint64_t seed) { return assignment_network(digits, place, seed); }),
      network(contestant::better, [school](std::uint64_t seed) { return school->restorer(seed); }),
  };
}

}  // namespace mend::cli
