#include "cli/claims/studies.hpp"

#include <algorithm>
#include <iostream>

#include "cli/experiment/assignment_training.hpp"
#include "cli/text.hpp"
#include "mend/baselines/pca.hpp"
#include "mend/losses/mse.hpp"
#include "mend/metrics/separation.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/training/fit.hpp"

namespace mend::cli {
namespace {

// The assignment's masks of the other families.
Mask draw_without(MaskFamily excluded, std::size_t images, Random& random) {
  std::vector<MaskFamily> others = assignment_families;
  std::erase(others, excluded);
  return draw_assignment_masks(images, random, 28, 28, others);
}

// Trains and measures; keeps both.
class Workshop {
 public:
  Workshop(const Experiment& experiment, const RunOptions& options, std::size_t seeds, std::size_t draws)
      : e_(experiment), options_(options), seeds_(seeds), draws_(draws) {}

  // The networks of one recipe, one for each seed.
  std::vector<Sequential<float>> trained(AssignmentRecipe recipe, const Tensor<float>& images) const {
    recipe.epochs = assignment_epochs(e_.place.quick);
    std::vector<Sequential<float>> nets;
    for (std::size_t s = 0; s < seeds_; ++s) {
      const std::uint64_t seed = options_.seed + s;
      nets.push_back(train_assignment_network(images, recipe, seed,
                                              e_.place.folder / checkpoint_name(recipe, seed), e_.place.about,
                                              e_.place.quiet)
                         .net);
    }
    return nets;
  }

  // Each network under the masks of the rows.
  static std::vector<Measurements> measured(const std::vector<Sequential<float>>& nets, const Exam& exam) {
    std::vector<Measurements> seeds;
    seeds.reserve(nets.size());
    for (const Sequential<float>& net : nets)
      seeds.push_back(
          measure([&net](const Tensor<float>& damaged, const Mask&) { return net.predict(damaged); }, exam));
    return seeds;
  }

  Exam exam(std::vector<MaskRow> rows) const {
    return {e_.digits->test, e_.second, *e_.classifier, std::move(rows), draws_};
  }

  std::unique_ptr<Statistics> statistics(const Exam& exam) const {
    std::vector<std::string> names;
    for (const MaskRow& row : exam.rows) names.push_back(row.name);
    return std::make_unique<Statistics>(names, exam.images.dim(0), e_.place.quick ? 1000u : 10'000u);
  }

 private:
  const Experiment& e_;
  const RunOptions& options_;
  std::size_t seeds_, draws_;
};

using Nets = std::vector<Sequential<float>>;

double mean_copying(const Nets& nets, const Tensor<float>& images) {
  double total = 0;
  for (const Sequential<float>& net : nets) total += mse(net.predict(images), images).value;
  return total / static_cast<double>(nets.size());
}

// One thing changed at a time, on the 22 rows.
void study_variants(const Experiment& e, const Workshop& workshop, const Nets& assignment, Studies& studies) {
  const Exam exam = workshop.exam(assignment_mask_rows());
  studies.variants = workshop.statistics(exam);
  studies.variants->add(contestant::assignment, Workshop::measured(assignment, exam));
  const auto add = [&](const AssignmentRecipe& recipe) {
    const Stopwatch watch;
    const Nets nets = workshop.trained(recipe, e.digits->train);
    studies.variants->add(recipe.name, Workshop::measured(nets, exam));
    std::cout << "study, " << recipe.name << ": " << fixed(watch.seconds(), 1) << " s\n" << std::flush;
    return mean_copying(nets, e.digits->test);
  };
  add({.name = variant::fixed_masks, .redraw = false});
  studies.copying = {mean_copying(assignment, e.digits->test)};
  studies.copying.push_back(add({.name = variant::wide, .hidden = {512, 512, 256}}));
  studies.copying.push_back(add({.name = variant::narrow, .hidden = {128, 128, 64}}));
  const Pca pca(e.digits->train, 64);
  studies.pca_64 = mse(pca.decode(pca.encode(e.digits->test)), e.digits->test).value;
  const auto without = [&](const std::string& name, MaskFamily family) {
    add({.name = name, .masks = [family](std::size_t images, Random& random) {
           return draw_without(family, images, random);
         }});
  };
  without(variant::no_vertical, MaskFamily::vertical_stripe);
  without(variant::no_horizontal, MaskFamily::horizontal_stripe);
  without(variant::no_patch, MaskFamily::patch);
}

// Masks that the table has not.
void study_further_rows(const Experiment& e, const RunOptions& options, const Workshop& workshop,
                        const Nets& assignment, Studies& studies) {
  const Exam exam = workshop.exam({{"v25", MaskFamily::vertical_stripe, 25},
                                   {"h25", MaskFamily::horizontal_stripe, 25},
                                   {"p26", MaskFamily::patch, 26},
                                   {"scattered 15", MaskFamily::scattered, 15},
                                   {"scattered 40", MaskFamily::scattered, 40},
                                   {"scratches 2", MaskFamily::scratches, 2},
                                   {"scratches 6", MaskFamily::scratches, 6},
                                   {"scratches 14", MaskFamily::scratches, 14}});
  studies.further_rows = describe_rows(exam.rows, exam.draws, e.digits->test);
  studies.further = workshop.statistics(exam);
  studies.further->add(contestant::assignment, Workshop::measured(assignment, exam));
  for (const Contestant& c : e.contestants)
    if (c.name == contestant::mean_fill || c.name == contestant::gaussian)
      studies.further->add(c.name, {measure(c.make(options.seed), exam)});
}

// For each image, the next image of the other class.
std::vector<std::size_t> strangers(const std::vector<std::uint8_t>& second) {
  std::vector<std::size_t> result;
  for (std::size_t n = 0; n < second.size(); ++n) {
    std::size_t other = (n + 1) % second.size();
    while (second[other] == second[n] && other != n) other = (other + 1) % second.size();
    result.push_back(other);
  }
  return result;
}

// The hole is filled by what surrounds it in an image of the other class.
void study_context(const Experiment& e, const Workshop& workshop, const Nets& assignment, Studies& studies) {
  const Exam exam = workshop.exam({{"v11", MaskFamily::vertical_stripe, 11},
                                   {"h11", MaskFamily::horizontal_stripe, 11},
                                   {"p11", MaskFamily::patch, 11},
                                   {"v21", MaskFamily::vertical_stripe, 21}});
  studies.context = workshop.statistics(exam);
  studies.context->add(variant::own_context, Workshop::measured(assignment, exam));
  const Tensor<float> others = gather_rows(e.digits->test, strangers(e.second));
  std::vector<Measurements> seeds;
  for (const Sequential<float>& net : assignment)
    seeds.push_back(measure(
        [&](const Tensor<float>&, const Mask& mask) { return net.predict(damage(others, mask)); }, exam));
  studies.context->add(variant::other_context, seeds);
}

// Trained on one class, judged on the other.
void study_classes(const Experiment& e, const Workshop& workshop, const Nets& assignment, Studies& studies) {
  for (std::uint8_t judged = 0; judged < 2; ++judged) {
    std::vector<std::size_t> train_rows, test_rows;
    for (std::size_t n = 0; n < e.digits->train_images.labels.size(); ++n)
      if ((e.digits->train_images.labels[n] == assignment_classes[1]) != (judged == 1))
        train_rows.push_back(n);
    for (std::size_t n = 0; n < e.second.size(); ++n)
      if (e.second[n] == judged) test_rows.push_back(n);
    const Tensor<float> images = gather_rows(e.digits->test, test_rows);
    const std::vector<std::uint8_t> second(test_rows.size(), judged);
    Exam exam = workshop.exam(assignment_mask_rows());
    const Exam of_class{images, second, exam.classifier, exam.rows, exam.draws};
    const Nets nets = workshop.trained({.name = "only " + e.digits->names[1 - judged]},
                                       gather_rows(e.digits->train, train_rows));
    studies.unseen[judged] = workshop.statistics(of_class);
    studies.unseen[judged]->add(contestant::assignment, Workshop::measured(assignment, of_class));
    studies.unseen[judged]->add(variant::other_class, Workshop::measured(nets, of_class));
  }
}

// Task 2, several times.
void study_maps(const Experiment& e, const RunOptions& options, std::size_t seeds, Studies& studies) {
  const Digits& d = *e.digits;
  const Pca pca(d.train, 2);
  const auto accuracy = [&](const Tensor<float>& train, const Tensor<float>& test) {
    return nearest_mean_accuracy(train, d.train_images.labels, test, d.test_images.labels);
  };
  const double floor = mse(pca.decode(pca.encode(d.train)), d.train).value;
  studies.pca_accuracy = accuracy(pca.encode(d.train), pca.encode(d.test));
  studies.pca_mse = mse(pca.decode(pca.encode(d.test)), d.test).value;
  for (std::size_t s = 0; s < seeds; ++s) {
    Random init(options.seed + s, "task2 init"), shuffle(options.seed + s, "task2 shuffle");
    Sequential<float> net = embedding_autoencoder(init);
    Adam<float> adam(net.parameters(), 1e-3);
    FitOptions fit_options;
    fit_options.epochs = e.place.quick ? 10 : 100;
    fit_options.quiet = e.place.quiet;
    fit(net, adam, d.train, shuffle, fit_options);
    const auto encode = [&](const Tensor<float>& x) { return net[1].predict(net[0].predict(x)); };
    studies.map_accuracy.push_back(accuracy(encode(d.train), encode(d.test)));
    studies.map_mse.push_back(mse(net.predict(d.test), d.test).value);
    studies.map_floor.push_back(mse(net.predict(d.train), d.train).value / floor);
  }
}

}  // namespace

Studies run_studies(const Experiment& e, const RunOptions& options) {
  const Stopwatch watch;
  Studies studies;
  studies.seeds = e.place.quick ? 2 : 3;
  studies.draws = e.place.quick ? 1 : 2;
  const Workshop workshop(e, options, studies.seeds, studies.draws);
  const Nets assignment =
      workshop.trained({}, e.digits->train);  // those of the experiment: read, not trained
  study_variants(e, workshop, assignment, studies);
  study_further_rows(e, options, workshop, assignment, studies);
  study_context(e, workshop, assignment, studies);
  study_classes(e, workshop, assignment, studies);
  study_maps(e, options, e.seeds, studies);
  std::cout << "studies in " << fixed(watch.seconds(), 1) << " s\n";
  return studies;
}

}  // namespace mend::cli
