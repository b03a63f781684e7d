#include "mend/masks/noise.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace mend {
namespace {

void require_sigma(const char* function, double sigma) {
  if (!(sigma >= 0) || !std::isfinite(sigma))
    throw Error(std::string(function) + ": expected a finite sigma of at least 0, found " +
                std::to_string(sigma));
}

}  // namespace

Tensor<float> add_gaussian_noise(Tensor<float> images, double sigma, Random& random) {
  require_sigma("add_gaussian_noise", sigma);
  return map(std::move(images), [&](float x) { return static_cast<float>(x + sigma * random.normal()); });
}

Tensor<float> add_salt_and_pepper(Tensor<float> images, double share, Random& random) {
  if (!(share >= 0 && share <= 1))
    throw Error("add_salt_and_pepper: expected a share of the pixels in [0, 1], found " +
                std::to_string(share));
  return map(std::move(images), [&](float x) {
    const double u = random.uniform();  // below share / 2 pepper, from there to share salt
    return u < share / 2 ? 0.0f : u < share ? 1.0f : x;
  });
}

Tensor<float> add_speckle(Tensor<float> images, double sigma, Random& random) {
  require_sigma("add_speckle", sigma);
  return map(std::move(images),
             [&](float x) { return static_cast<float>(x * (1 + sigma * random.normal())); });
}

Tensor<float> clip_pixels(Tensor<float> images) {
  return map(std::move(images), [](float x) { return std::clamp(x, 0.0f, 1.0f); });
}

}  // namespace mend
