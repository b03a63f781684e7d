#include "cli/experiment/measurements.hpp"

#include "mend/files/safetensors.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/tensor/ops.hpp"

namespace mend::cli {
namespace {

constexpr const char* fingerprint_key = "fingerprint";

}  // namespace

std::string to_string(Measure measure) {
  switch (measure) {
    case Measure::composite:
      return "composite";
    case Measure::hole:
      return "hole";
    case Measure::whole:
      return "whole";
    case Measure::ring:
      return "ring";
    case Measure::known:
      return "known";
    case Measure::accuracy:
      return "accuracy";
    case Measure::flip:
      return "flip";
  }
  throw Error("to_string: no Measure has the number " + std::to_string(static_cast<int>(measure)));
}

Measurements::Measurements(std::size_t rows, std::size_t draws, std::size_t images)
    : values_(std::size(all_measures), Tensor<float>({rows, draws, images})) {}

Tensor<double> Measurements::mean_over_draws(Measure measure) const {
  const Tensor<float>& x = of(measure);
  const std::size_t rows = x.dim(0), draws = x.dim(1), images = x.dim(2);
  Tensor<double> mean({rows, images});
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t d = 0; d < draws; ++d)
      for (std::size_t n = 0; n < images; ++n) mean[r * images + n] += x[(r * draws + d) * images + n];
  return mean * (1 / static_cast<double>(draws));
}

void Measurements::save(const std::filesystem::path& path, const std::string& fingerprint) const {
  Safetensors file;
  for (const Measure measure : all_measures) file.tensors.emplace(to_string(measure), of(measure));
  file.metadata[fingerprint_key] = fingerprint;
  save_safetensors(path, file);
}

bool Measurements::are_in(const std::filesystem::path& path, const std::string& fingerprint) {
  if (!std::filesystem::exists(path)) return false;
  try {
    const Safetensors file = load_safetensors(path);
    const auto found = file.metadata.find(fingerprint_key);
    return found != file.metadata.end() && found->second == fingerprint;
  } catch (const Error&) {
    return false;  // measured anew
  }
}

Measurements Measurements::load(const std::filesystem::path& path) {
  const Safetensors file = load_safetensors(path);
  Measurements result(0, 0, 0);
  for (const Measure measure : all_measures) {
    const auto found = file.tensors.find(to_string(measure));
    const auto* values = found == file.tensors.end() ? nullptr : std::get_if<Tensor<float>>(&found->second);
    if (!values || values->rank() != 3)
      throw Error("'" + path.string() + "' holds no measurements: '" + to_string(measure) +
                  "' of three axes is missing; remove the file, and it is measured anew");
    result.of(measure) = *values;
  }
  return result;
}

Measurements measure(const Restorer& restore, const Exam& exam) {
  const std::size_t images = exam.images.dim(0);
  const std::vector<std::uint8_t> read_undamaged = exam.classifier.read(exam.images);
  Measurements result(exam.rows.size(), exam.draws, images);
  for (std::size_t r = 0; r < exam.rows.size(); ++r) {
    for (std::size_t d = 0; d < exam.draws; ++d) {
      const Mask mask = frozen_masks(exam.rows[r].family, exam.rows[r].size, d, images);
      Tensor<float> restored = restore(damage(exam.images, mask), mask);
      const std::vector<RestorationError> errors =
          restoration_errors(restored, exam.images, mask, Penalty::squared);
      const auto read = exam.classifier.read(composite(std::move(restored), exam.images, mask));
      const auto at = [&, offset = (r * exam.draws + d) * images](Measure measure, std::size_t n) -> float& {
        return result.of(measure)[offset + n];
      };
      for (std::size_t n = 0; n < images; ++n) {
        at(Measure::composite, n) = static_cast<float>(errors[n].composite.whole);
        at(Measure::hole, n) = static_cast<float>(errors[n].raw.hole);
        at(Measure::whole, n) = static_cast<float>(errors[n].raw.whole);
        at(Measure::ring, n) = static_cast<float>(errors[n].raw.ring);
        at(Measure::known, n) = static_cast<float>(errors[n].raw.known);
        at(Measure::accuracy, n) = read[n] == exam.second[n];
        at(Measure::flip, n) = read[n] != read_undamaged[n];
      }
    }
  }
  return result;
}

}  // namespace mend::cli
