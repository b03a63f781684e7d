#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/experiment/classifier.hpp"
#include "cli/experiment/mask_rows.hpp"
#include "mend/masks/restorer.hpp"

namespace mend::cli {

/// What is measured of every restored image; each is a mean over the pixels it names.
enum class Measure {
  composite,  ///< MSE over all pixels after the known ones were put back.
  hole,       ///< MSE over the missing pixels.
  whole,      ///< MSE over all pixels of the raw output.
  ring,       ///< MSE of the raw output over the known pixels within 2 of the hole.
  known,      ///< MSE of the raw output over the known pixels.
  accuracy,   ///< 1 when the classifier reads the composite as the image's class, else 0.
  flip        ///< 1 when it reads the composite as another class than the undamaged image, else 0.
};

/// All measures, in the order above.
inline constexpr Measure all_measures[] = {Measure::composite, Measure::hole,  Measure::whole,
                                           Measure::ring,      Measure::known, Measure::accuracy,
                                           Measure::flip};

/// "composite", "hole", ...: the name in result files.
std::string to_string(Measure measure);

/// What one restorer achieved: for each measure a tensor (rows, draws, images).
class Measurements {
 public:
  /// All zero. \param rows  of masks  \param draws  of masks for each row  \param images  judged
  Measurements(std::size_t rows, std::size_t draws, std::size_t images);

  /// (rows, draws, images).
  const Tensor<float>& of(Measure measure) const { return values_[static_cast<std::size_t>(measure)]; }
  /// (rows, draws, images), to fill in.
  Tensor<float>& of(Measure measure) { return values_[static_cast<std::size_t>(measure)]; }
  /// The mean over the draws: (rows, images).
  Tensor<double> mean_over_draws(Measure measure) const;

  /// Writes them as .safetensors with a text that says what they are of. \throws Error when that fails
  void save(const std::filesystem::path& path, const std::string& fingerprint) const;
  /// Whether the file holds measurements of just this fingerprint. A file that is missing, damaged or of something
  /// else is none.
  static bool are_in(const std::filesystem::path& path, const std::string& fingerprint);
  /// Reads what save wrote. \throws Error when the file is damaged or has other shapes
  static Measurements load(const std::filesystem::path& path);

 private:
  std::vector<Tensor<float>> values_;
};

/// What restorers are judged on.
struct Exam {
  const Tensor<float>& images;              ///< (N, 784), undamaged.
  const std::vector<std::uint8_t>& second;  ///< N: 1 for the second class.
  const Classifier& classifier;             ///< Reads the composites.
  std::vector<MaskRow> rows;                ///< Kinds of damage.
  std::size_t draws;                        ///< Frozen masks for each image and row.
};

/// Restores every image under the frozen masks of every row and draw, and measures. Several masks at a time: the
/// restorer must bear being called by several threads.
Measurements measure(const Restorer& restore, const Exam& exam);

}  // namespace mend::cli
