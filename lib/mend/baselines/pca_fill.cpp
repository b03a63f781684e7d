#include "mend/baselines/pca_fill.hpp"

#include <utility>

#include "mend/baselines/damaged_images.hpp"
#include "mend/masks/fill_hole.hpp"
#include "mend/masks/noise.hpp"

namespace mend {

PcaFill::PcaFill(const Tensor<float>& train, std::size_t k, std::size_t iterations)
    : PcaFill(Pca(train, k), iterations) {}

PcaFill::PcaFill(Pca pca, std::size_t iterations) : pca_(std::move(pca)), iterations_(iterations) {
  if (iterations < 1) throw Error("PcaFill: expected at least 1 iteration, found 0");
}

Tensor<float> PcaFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("PcaFill", damaged, mask, pca_.mean().size());
  Tensor<float> x = fill_with_mean(damaged, mask, pca_.mean());
  for (std::size_t i = 0; i < iterations_; ++i) x = composite(pca_.decode(pca_.encode(x)), damaged, mask);
  return composite(clip_pixels(std::move(x)), damaged, mask);
}

}  // namespace mend
