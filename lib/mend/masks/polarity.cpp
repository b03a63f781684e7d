#include "mend/masks/polarity.hpp"

#include <algorithm>
#include <sstream>
#include <string>

namespace mend {
namespace {

std::string in_words(float value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// What stands for "yes" beside 0: 1, or 255 where bytes reach beyond 1.
template <class T>
float yes_of(const Tensor<T>& mask) {
  const bool wide =
      std::is_integral_v<T> && std::any_of(mask.begin(), mask.end(), [](T v) { return v > T{1}; });
  return wide ? 255 : 1;
}

// The mask as 0 and 1: whether each value says "yes".
template <class T>
Tensor<float> read(const char* function, const Tensor<T>& mask) {
  const float yes = yes_of(mask);
  Tensor<float> says(mask.shape());
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const auto value = static_cast<float>(mask[i]);
    if (value != 0 && value != yes)
      throw Error(std::string(function) + ": expected the values 0 and " + in_words(yes) + ", found " +
                  in_words(value) + "; threshold a grey mask first: binarize(mask, " +
                  (std::is_integral_v<T> ? "128)" : "0.5f)"));
    says[i] = value == 0 ? 0.0f : 1.0f;
  }
  return says;
}

template <class T>
Mask read_pixels(const char* function, const Tensor<T>& mask, bool yes_is_hole) {
  if (mask.rank() != 3)
    throw ShapeError(std::string(function) + ": expected masks of shape (N, H, W), found " +
                     to_string(mask.shape()) + "; reshape a single one to (1, H, W)");
  const std::size_t images = mask.dim(0), height = mask.dim(1), width = mask.dim(2);
  Tensor<float> hole = read(function, mask).reshaped({images, height * width});
  if (!yes_is_hole) hole = map(std::move(hole), [](float yes) { return 1 - yes; });
  return Mask(std::move(hole), height, width);
}

void require_tiles(const char* function, std::size_t patch, std::size_t height, std::size_t width) {
  if (patch == 0 || height % patch != 0 || width % patch != 0)
    throw Error(std::string(function) + ": expected a patch whose side divides " + std::to_string(height) +
                " and " + std::to_string(width) + ", found " + std::to_string(patch));
}

// The mask's pixels, `in_hole` in the hole and `elsewhere` elsewhere.
template <class T>
Tensor<T> write(const Mask& mask, T in_hole, T elsewhere) {
  Tensor<T> pixels({mask.images(), mask.height(), mask.width()});
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = mask.hole()[i] != 0 ? in_hole : elsewhere;
  return pixels;
}

}  // namespace

template <class T>
Tensor<T> binarize(Tensor<T> mask, std::type_identity_t<T> threshold) {
  constexpr T largest = std::is_integral_v<T> ? T(255) : T(1);
  const auto outside = [](T v) { return !(v >= T{0} && v <= largest); };
  if (threshold == T{0} || outside(threshold))
    throw Error("binarize: expected a threshold above 0 and at most " + in_words(largest) + ", found " +
                in_words(threshold));
  return map(std::move(mask), [&](T v) {
    if (outside(v))
      throw Error("binarize: expected values from 0 to " + in_words(largest) + ", found " + in_words(v));
    return v >= threshold ? largest : T{0};
  });
}

template <class T>
Mask mask_from_opencv(const Tensor<T>& mask) {
  return read_pixels("mask_from_opencv", mask, true);
}

template <class T>
Mask mask_from_repaint(const Tensor<T>& mask) {
  return read_pixels("mask_from_repaint", mask, false);
}

template <class T>
Mask mask_from_partial_convolution(const Tensor<T>& mask) {
  return read_pixels("mask_from_partial_convolution", mask, false);
}

template <class T>
Mask mask_from_mae(const Tensor<T>& mask, std::size_t patch, std::size_t height, std::size_t width) {
  require_tiles("mask_from_mae", patch, height, width);
  const std::size_t per_row = width / patch, patches = height / patch * per_row;
  if (mask.rank() != 2 || mask.dim(1) != patches)
    throw ShapeError("mask_from_mae: expected masks of shape (N, " + std::to_string(patches) +
                     ") for patches of " + std::to_string(patch) + " x " + std::to_string(patch) +
                     " in images of " + std::to_string(height) + " x " + std::to_string(width) + ", found " +
                     to_string(mask.shape()));
  const Tensor<float> removed = read("mask_from_mae", mask);
  Mask pixels(mask.dim(0), height, width);
  for (std::size_t n = 0; n < pixels.images(); ++n)
    for (std::size_t i = 0; i < patches; ++i)
      if (removed(n, i) != 0) pixels.cut(n, i / per_row * patch, i % per_row * patch, patch, patch);
  return pixels;
}

Tensor<std::uint8_t> mask_to_opencv(const Mask& mask) { return write<std::uint8_t>(mask, 255, 0); }

Tensor<std::uint8_t> mask_to_repaint(const Mask& mask) { return write<std::uint8_t>(mask, 0, 255); }

Tensor<float> mask_to_partial_convolution(const Mask& mask) { return write<float>(mask, 0, 1); }

Tensor<float> mask_to_mae(const Mask& mask, std::size_t patch) {
  require_tiles("mask_to_mae", patch, mask.height(), mask.width());
  const std::size_t per_row = mask.width() / patch;
  Tensor<float> removed({mask.images(), mask.height() / patch * per_row});
  // The upper left pixel speaks for its patch; then all others have to agree.
  const auto patch_of = [&](std::size_t pixel) {
    return pixel / mask.width() / patch * per_row + pixel % mask.width() / patch;
  };
  const std::size_t pixels = mask.hole().dim(1);
  for (std::size_t n = 0; n < mask.images(); ++n) {
    for (std::size_t pixel = pixels; pixel-- > 0;) removed(n, patch_of(pixel)) = mask.hole()(n, pixel);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
      if (mask.hole()(n, pixel) != removed(n, patch_of(pixel)))
        throw Error("mask_to_mae: expected patches of " + std::to_string(patch) + " x " +
                    std::to_string(patch) + " that are known or missing as a whole, found patch " +
                    std::to_string(patch_of(pixel)) + " of image " + std::to_string(n) + " missing in part");
  }
  return removed;
}

#define MEND_INSTANTIATE_POLARITY(T)                             \
  template Tensor<T> binarize(Tensor<T>, T);                     \
  template Mask mask_from_opencv(const Tensor<T>&);              \
  template Mask mask_from_repaint(const Tensor<T>&);             \
  template Mask mask_from_partial_convolution(const Tensor<T>&); \
  template Mask mask_from_mae(const Tensor<T>&, std::size_t, std::size_t, std::size_t);
MEND_INSTANTIATE_POLARITY(std::uint8_t)
MEND_INSTANTIATE_POLARITY(float)

}  // namespace mend
