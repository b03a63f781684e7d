#include "cli/experiment/experiment.hpp"

#include <iostream>

#include "cli/experiment/experiment_figures.hpp"
#include "cli/experiment/experiment_page.hpp"
#include "cli/experiment/kept_training.hpp"
#include "cli/experiment/results.hpp"
#include "cli/output_folder.hpp"
#include "cli/text.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/metrics/mask_descriptors.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

// Raise it when what is measured changes, so that kept measurements are not mistaken for new ones.
constexpr int measurement_version = 1;

std::map<std::string, std::string> about(const Digits& digits, const RunOptions& options) {
  std::map<std::string, std::string> text = preprocessing(digits);
  text["quick"] = options.quick ? "yes" : "no";
  return text;
}

std::vector<std::uint8_t> is_second(const Images& images) {
  std::vector<std::uint8_t> second;
  for (const std::uint8_t label : images.labels) second.push_back(label == assignment_classes[1]);
  return second;
}

// What was measured before and still fits, else measured now.
Measurements measured(const Contestant& contestant, std::uint64_t seed, const Exam& exam,
                      const TrainingPlace& place) {
  std::string fingerprint = "version " + std::to_string(measurement_version) + ", masks " +
                            std::to_string(frozen_masks_version) + ", " + std::to_string(exam.draws) +
                            " draws";
  for (const auto& [key, value] : place.about) fingerprint += ", " + key + " " + value;
  const std::string name = contestant.is_network ? of_seed(contestant.name, seed) : contestant.name;
  const std::filesystem::path path = place.folder / file_name(name, ".measured.safetensors");
  if (Measurements::are_in(path, fingerprint)) return Measurements::load(path);
  Measurements result = measure(contestant.make(seed), exam);
  result.save(path, fingerprint);
  return result;
}

}  // namespace

std::vector<RowFacts> describe_rows(const std::vector<MaskRow>& rows, std::size_t draws,
                                    const Tensor<float>& images) {
  std::vector<RowFacts> facts;
  for (const MaskRow& row : rows) {
    RowFacts f{.row = row};
    const double weight = 1 / static_cast<double>(draws);
    for (std::size_t d = 0; d < draws; ++d) {
      const Mask mask = frozen_masks(row.family, row.size, d, images.dim(0));
      const double share = weight / static_cast<double>(images.dim(0));
      for (const MaskDescriptors& m : describe_masks(mask, images)) {
        f.area += share * m.area;
        f.ink += share * m.hidden_ink;
        f.perimeter_to_area += share * m.perimeter_to_area;
        f.distance_to_known += share * m.mean_distance;
      }
    }
    const bool stripe =
        row.family == MaskFamily::vertical_stripe || row.family == MaskFamily::horizontal_stripe;
    f.trained = (stripe && row.size >= 3 && row.size <= 16) ||
                (row.family == MaskFamily::patch && row.size >= 5 && row.size <= 15);
    facts.push_back(f);
  }
  return facts;
}

Experiment run_experiment(const RunOptions& options) {
  const Stopwatch watch;
  Experiment e;
  make_output_folder(options.out);
  e.digits = std::make_unique<Digits>(load_digits(options));
  if (e.digits->test.dim(0) < 10)
    throw Error("experiment: expected at least 10 test images, found " +
                std::to_string(e.digits->test.dim(0)) + "; choose another --data");
  e.seeds = options.quick ? 2 : 5;
  e.draws = options.quick ? 2 : 5;
  std::cout << caption(*e.digits, options) << "\n" << std::flush;
  e.place = {options.out / "measured", about(*e.digits, options), options.quick, options.quiet};
  make_output_folder(e.place.folder);

  e.second = is_second(e.digits->test_images);
  e.classifier = std::make_unique<Classifier>(e.digits->train, is_second(e.digits->train_images),
                                              options.seed, options.quick ? 5u : 20u);
  e.clean_accuracy = agreement(e.classifier->read(e.digits->test), e.second);
  const Exam exam{e.digits->test, e.second, *e.classifier, assignment_mask_rows(), e.draws};
  e.rows = describe_rows(exam.rows, e.draws, e.digits->test);

  std::vector<std::string> names;
  for (const MaskRow& row : exam.rows) names.push_back(row.name);
  e.statistics = std::make_unique<Statistics>(names, e.digits->test.dim(0), options.quick ? 1000u : 10'000u);
  e.contestants = contestants(*e.digits, e.place);
  for (const Contestant& contestant : e.contestants) {
    const Stopwatch own;
    std::vector<Measurements> seeds;
    for (std::size_t s = 0; s < (contestant.is_network ? e.seeds : 1); ++s)
      seeds.push_back(measured(contestant, options.seed + s, exam, e.place));
    e.statistics->add(contestant.name, seeds);
    std::cout << contestant.name << ": " << fixed(own.seconds(), 1) << " s\n" << std::flush;
  }
  const Csv results = results_csv(e);
  results.save(options.out / "experiment.csv");
  write_file(options.out / "experiment.md", results_markdown(CsvTable(results.text())));
  draw_experiment(e, options);
  write_experiment_page(e, options);
  std::cout << "experiment in " << fixed(watch.seconds(), 1) << " s; now look at "
            << (options.out / "experiment.html").string() << "\n";
  return e;
}

}  // namespace mend::cli
