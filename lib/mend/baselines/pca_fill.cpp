#include "mend/baselines/pca_fill.hpp"

#include <algorithm>
#include <utility>

#include "mend/baselines/damaged_images.hpp"

namespace mend {

PcaFill::PcaFill(const Tensor<float>& train, std::size_t k, std::size_t iterations)
    : PcaFill(Pca(train, k), iterations) {}

PcaFill::PcaFill(Pca pca, std::size_t iterations) : pca_(std::move(pca)), iterations_(iterations) {
  if (iterations < 1) throw Error("PcaFill: expected at least 1 iteration, found 0");
}

Tensor<float> PcaFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("PcaFill", damaged, mask, pca_.mean().size());
  Tensor<float> x = composite(add_rows(Tensor<float>(damaged.shape()), pca_.mean()), damaged, mask);
  for (std::size_t i = 0; i < iterations_; ++i) x = composite(pca_.decode(pca_.encode(x)), damaged, mask);
  return composite(map(x, [](float v) { return std::clamp(v, 0.0f, 1.0f); }), damaged, mask);
}

}  // namespace mend
