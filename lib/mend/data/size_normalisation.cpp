#include "mend/data/size_normalisation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

using Pixels = Tensor<std::uint8_t>;

constexpr std::size_t frame = 28, box = 20;
constexpr double faintest_ink = 1.0 / 8;  // below it, paper and noise

void require_pair(const char* function, const Pixels& picture, const Pixels& hole) {
  if (picture.rank() != 2 || picture.size() == 0 || hole.shape() != picture.shape())
    throw ShapeError(std::string(function) + ": the picture is " + to_string(picture.shape()) +
                     " and the mask " + to_string(hole.shape()) +
                     ", but two of the same shape (H, W) were expected");
}

// How many of the known pixels have each grey level; of the outermost ones alone, or of all.
using Histogram = std::array<std::size_t, 256>;
Histogram count_levels(const Pixels& picture, const Pixels& hole, bool outermost) {
  const std::size_t height = picture.dim(0), width = picture.dim(1);
  Histogram counts{};
  for (std::size_t i = 0; i < height; ++i)
    for (std::size_t j = 0; j < width; ++j) {
      const bool outer = i == 0 || j == 0 || i + 1 == height || j + 1 == width;
      if ((outer || !outermost) && hole[i * width + j] == 0) ++counts[picture[i * width + j]];
    }
  return counts;
}

std::size_t sum(const Histogram& counts) {
  std::size_t total = 0;
  for (const std::size_t count : counts) total += count;
  return total;
}

std::uint8_t median(const Histogram& counts) {
  std::size_t level = 0, below = counts[0];
  for (const std::size_t half = (sum(counts) + 1) / 2; below < half; below += counts[level]) ++level;
  return static_cast<std::uint8_t>(level);
}

// Background and ink of the picture, and so its polarity.
void find_levels(const Pixels& picture, const Pixels& hole, NormalisedDigit& digit) {
  const Histogram all = count_levels(picture, hole, false);
  const Histogram outermost = count_levels(picture, hole, true);
  if (sum(all) == 0)
    throw Error("normalise_digit: no pixel of the picture is known: expected a mask that leaves some");
  digit.background = median(sum(outermost) > 0 ? outermost : all);
  int darkest = 0, brightest = 255;
  while (all[static_cast<std::size_t>(darkest)] == 0) ++darkest;
  while (all[static_cast<std::size_t>(brightest)] == 0) --brightest;
  if (darkest == brightest)
    throw Error("normalise_digit: all known pixels have the grey level " + std::to_string(darkest) +
                ": expected a digit, dark on light or light on dark; is the mask the wrong way round?");
  digit.dark_on_light = digit.background - darkest > brightest - digit.background;
  digit.ink = static_cast<std::uint8_t>(digit.dark_on_light ? darkest : brightest);
}

// From the background, 0, to the ink, 1.
double ink_of(std::uint8_t level, const NormalisedDigit& digit) {
  const double share =
      (static_cast<double>(level) - digit.background) / (static_cast<double>(digit.ink) - digit.background);
  return std::clamp(share, 0.0, 1.0);
}

// Puts the frame's corner at that of the box of the ink, and makes the longer side of the box 20 pixels.
// Returns height and width of the box in pixels of the frame.
std::array<double, 2> find_box(const Pixels& picture, const Pixels& hole, NormalisedDigit& digit) {
  const std::size_t width = picture.dim(1);
  std::size_t top = picture.dim(0), left = width, bottom = 0, right = 0;
  for (std::size_t p = 0; p < picture.size(); ++p) {
    if (hole[p] != 0 || ink_of(picture[p], digit) < faintest_ink) continue;
    const std::size_t i = p / width, j = p % width;
    top = std::min(top, i), bottom = std::max(bottom, i + 1);
    left = std::min(left, j), right = std::max(right, j + 1);
  }
  digit.top = static_cast<double>(top);
  digit.left = static_cast<double>(left);
  digit.step = static_cast<double>(std::max(bottom - top, right - left)) / box;
  return {static_cast<double>(bottom - top) / digit.step, static_cast<double>(right - left) / digit.step};
}

// The part of the pixels from `first` on that lies between two coordinates, pixel by pixel.
template <class F>
void for_overlaps(double from, double to, std::size_t extent, F f) {
  const double last = static_cast<double>(extent);
  for (double p = std::max(std::floor(from), 0.0); p < std::min(to, last); ++p)
    f(static_cast<std::size_t>(p), std::min(to, p + 1) - std::max(from, p));
}

// What the frame shows from where it lies now.
void draw_frame(const Pixels& picture, const Pixels& hole, NormalisedDigit& digit) {
  digit.image = Tensor<float>({1, frame * frame});
  digit.hole = Tensor<float>({1, frame * frame});
  const double area = digit.step * digit.step;
  for (std::size_t row = 0; row < frame; ++row)
    for (std::size_t column = 0; column < frame; ++column) {
      const double top = digit.top + static_cast<double>(row) * digit.step;
      const double left = digit.left + static_cast<double>(column) * digit.step;
      double ink = 0, missing = 0;
      for_overlaps(top, top + digit.step, picture.dim(0), [&](std::size_t i, double high) {
        for_overlaps(left, left + digit.step, picture.dim(1), [&](std::size_t j, double wide) {
          const std::size_t p = i * picture.dim(1) + j;
          (hole[p] != 0 ? missing : ink) += high * wide * (hole[p] != 0 ? 1 : ink_of(picture[p], digit));
        });
      });
      const bool is_hole = missing > area / 2;
      digit.hole[row * frame + column] = is_hole ? 1 : 0;
      digit.image[row * frame + column] = is_hole ? 0 : static_cast<float>(ink / (area - missing));
    }
}

// How many pixels the frame has to go up or left, so that the centre of mass comes nearest to the middle while the box
// stays inside.
double margin_of(double centre, double extent) {
  return std::clamp(std::round(frame / 2.0 - centre), 0.0, std::floor(frame - extent + 1e-9));
}

}  // namespace

NormalisedDigit normalise_digit(const Tensor<std::uint8_t>& picture, const Tensor<std::uint8_t>& hole) {
  require_pair("normalise_digit", picture, hole);
  NormalisedDigit digit;
  find_levels(picture, hole, digit);
  const auto [height, width] = find_box(picture, hole, digit);
  draw_frame(picture, hole, digit);  // with the box in the upper left corner: its centre of mass is wanted
  double mass = 0, down = 0, right = 0;
  for (std::size_t row = 0; row < box; ++row)
    for (std::size_t column = 0; column < box; ++column) {
      const double ink = digit.image[row * frame + column];
      mass += ink;
      down += ink * (static_cast<double>(row) + 0.5);
      right += ink * (static_cast<double>(column) + 0.5);
    }
  if (mass > 0) {  // else all ink lies where most of each pixel is missing
    digit.top -= margin_of(down / mass, height) * digit.step;
    digit.left -= margin_of(right / mass, width) * digit.step;
  }
  draw_frame(picture, hole, digit);
  return digit;
}

NormalisedDigit digit_as_is(const Tensor<std::uint8_t>& picture, const Tensor<std::uint8_t>& hole) {
  require_pair("digit_as_is", picture, hole);
  if (picture.shape() != Shape({frame, frame}))
    throw ShapeError("digit_as_is: the picture is " + to_string(picture.shape()) +
                     " but (28, 28) was expected");
  NormalisedDigit digit;
  digit.image = Tensor<float>({1, frame * frame});
  digit.hole = Tensor<float>({1, frame * frame});
  for (std::size_t p = 0; p < picture.size(); ++p) {
    digit.hole[p] = hole[p] != 0 ? 1 : 0;
    digit.image[p] = hole[p] != 0 ? 0 : static_cast<float>(picture[p]) / 255;
  }
  return digit;
}

}  // namespace mend
