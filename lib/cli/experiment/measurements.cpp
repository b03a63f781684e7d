#include "cli/experiment/measurements.hpp"

#include <exception>
#include <mutex>

#include "mend/files/safetensors.hpp"
#include "mend/masks/frozen_masks.hpp"
#include "mend/metrics/restoration_error.hpp"
#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend::cli {
namespace {

constexpr const char* fingerprint_key = "fingerprint";

// One row and draw; its values begin at `offset` in each tensor of the result.
void measure_cell(const Restorer& restore, const Exam& exam, const Mask& mask,
                  const std::vector<std::uint8_t>& undamaged, std::size_t offset, Measurements& result) {
  Tensor<float> restored = restore(damage(exam.images, mask), mask);
  const std::vector<RestorationError> errors =
      restoration_errors(restored, exam.images, mask, Penalty::squared);
  const std::vector<std::uint8_t> read =
      exam.classifier.read(composite(std::move(restored), exam.images, mask));
  const auto put = [&](Measure measure, auto value) {
    float* to = result.of(measure).data() + offset;
    for (std::size_t n = 0; n < errors.size(); ++n) to[n] = static_cast<float>(value(n));
  };
  put(Measure::composite, [&](std::size_t n) { return errors[n].composite.whole; });
  put(Measure::hole, [&](std::size_t n) { return errors[n].raw.hole; });
  put(Measure::whole, [&](std::size_t n) { return errors[n].raw.whole; });
  put(Measure::ring, [&](std::size_t n) { return errors[n].raw.ring; });
  put(Measure::known, [&](std::size_t n) { return errors[n].raw.known; });
  put(Measure::accuracy, [&](std::size_t n) { return read[n] == exam.second[n]; });
  put(Measure::flip, [&](std::size_t n) { return read[n] != undamaged[n]; });
}

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
  const std::size_t images = exam.images.dim(0), cells = exam.rows.size() * exam.draws;
  const std::vector<std::uint8_t> undamaged = exam.classifier.read(exam.images);
  Measurements result(exam.rows.size(), exam.draws, images);
  std::mutex guard;
  std::exception_ptr failure;
  // Cell by cell: each writes to its own part of the result.
  parallel_for(cells, [&](std::size_t cell) {
    try {
      const MaskRow& row = exam.rows[cell / exam.draws];
      measure_cell(restore, exam, frozen_masks(row.family, row.size, cell % exam.draws, images), undamaged,
                   cell * images, result);
    } catch (...) {
      const std::lock_guard lock(guard);
      failure = std::current_exception();
    }
  });
  if (failure) std::rethrow_exception(failure);
  return result;
}

}  // namespace mend::cli
