#include "cli/restore.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/model.hpp"
#include "cli/output_folder.hpp"
#include "cli/text.hpp"
#include "mend/data/size_normalisation.hpp"
#include "mend/files/png.hpp"
#include "mend/masks/polarity.hpp"

namespace mend::cli {
namespace {

namespace fs = std::filesystem;

std::string size_of(const Tensor<std::uint8_t>& pixels) {
  return std::to_string(pixels.dim(1)) + " x " + std::to_string(pixels.dim(0));
}

NormalisedDigit digit_of(const fs::path& path, const Tensor<std::uint8_t>& hole,
                         const RestoreCommand& command) {
  const Tensor<std::uint8_t> picture = load_png(path);
  if (picture.shape() != hole.shape())
    throw Error(path.string() + " is " + size_of(picture) + " pixels, but its mask " + command.mask.string() +
                " is " + size_of(hole) +
                ": expected a mask of the picture's size, white where it is damaged");
  if (command.as_is && picture.shape() != Shape({28, 28}))
    throw Error(path.string() + " is " + size_of(picture) +
                " pixels: expected 28 x 28 with --as-is; leave it out to have the digit fitted");
  try {
    return command.as_is ? digit_as_is(picture, hole) : normalise_digit(picture, hole);
  } catch (const Error& error) {
    throw Error(path.string() + ": " + error.what());
  }
}

// The same text for the same file, whatever leads to it; a pipe of the shell's has no other name than the given one.
fs::path identity(const fs::path& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? fs::absolute(path).lexically_normal() : canonical;
}

// Where each result goes.
std::vector<fs::path> results_of(const RestoreCommand& command) {
  if (command.out.empty()) throw Error("expected a file or a folder after --out, found nothing");
  std::vector<fs::path> results;
  const bool means_folder = fs::is_directory(command.out) || !command.out.has_filename();
  if (command.pictures.size() == 1 && !means_folder) {
    results.push_back(command.out);
  } else {
    if (!means_folder && (fs::exists(command.out) || command.out.extension() == ".png"))
      throw Error(command.out.string() + " is no folder: expected one for the results of " +
                  std::to_string(command.pictures.size()) + " pictures; name it with --out");
    for (const fs::path& picture : command.pictures) results.push_back(command.out / picture.filename());
  }
  std::set<fs::path> taken{identity(command.mask), identity(command.model)};
  for (const fs::path& picture : command.pictures) taken.insert(identity(picture));
  for (const fs::path& result : results) {
    if (!taken.insert(identity(result)).second)
      throw Error(result.string() +
                  " would be written over a picture, the mask, the model or another result; " +
                  "name another place with --out");
    if (fs::is_directory(result))
      throw Error(result.string() + " is a folder: a result cannot be written there; remove it, or name " +
                  "another place with --out");
  }
  return results;
}

// (28, 28), dark on light when the picture was.
Tensor<std::uint8_t> pixels_of(const Tensor<float>& image, bool dark_on_light) {
  Tensor<std::uint8_t> pixels({28, 28});
  std::transform(image.begin(), image.end(), pixels.begin(), [&](float v) {
    return static_cast<std::uint8_t>(std::lround(255 * (dark_on_light ? 1 - v : v)));
  });
  return pixels;
}

void warn(const fs::path& mask, double share, std::ostream& warnings) {
  if (share > 0.5)
    warnings << "mend: warning: " << fixed(100 * share, 0) << " % of " << mask.string()
             << " is white, that is hole; if white is to mean known, invert it\n";
  if (share == 0)
    warnings << "mend: warning: nothing in " << mask.string() << " is white, so there is no hole to fill\n";
}

}  // namespace

void restore(const RestoreCommand& command, std::ostream& log, std::ostream& warnings) {
  const std::vector<fs::path> results = results_of(command);
  const Model model = load_model(command.model);
  const Tensor<std::uint8_t> hole = binarize(load_png(command.mask), 128);
  const auto white = std::count(hole.begin(), hole.end(), std::uint8_t{255});
  std::vector<NormalisedDigit> digits;
  for (const fs::path& picture : command.pictures) digits.push_back(digit_of(picture, hole, command));
  warn(command.mask, static_cast<double>(white) / static_cast<double>(hole.size()), warnings);

  std::vector<Tensor<std::uint8_t>> restored;
  for (const NormalisedDigit& digit : digits) {
    Tensor<float> answer = model.net.predict(digit.image);
    if (!command.raw) answer = composite(std::move(answer), digit.image, Mask(digit.hole, 28, 28));
    restored.push_back(pixels_of(answer, digit.dark_on_light));
  }
  const fs::path folder = results.front().parent_path();
  make_output_folder(folder.empty() ? "." : folder);
  for (std::size_t i = 0; i < results.size(); ++i) {
    save_png(results[i], restored[i]);
    const auto missing = std::count(digits[i].hole.begin(), digits[i].hole.end(), 1.0f);
    log << results[i].string() << ": " << missing << " of 784 pixels were missing"
        << (digits[i].dark_on_light ? ", dark on light" : "") << "\n";
  }
}

}  // namespace mend::cli
