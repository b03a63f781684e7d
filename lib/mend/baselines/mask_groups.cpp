#include "mend/baselines/mask_groups.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

void require_pixels(const Tensor<float>& x, const std::vector<std::size_t>& images,
                    const std::vector<std::size_t>& pixels) {
  if (x.rank() != 2)
    throw ShapeError("put_pixels: x is " + to_string(x.shape()) + " but (N, D) was expected");
  const auto require = [&](const char* name, const std::vector<std::size_t>& index, std::size_t axis) {
    const auto largest = std::max_element(index.begin(), index.end());
    if (largest != index.end() && *largest >= x.dim(axis))
      throw ShapeError(std::string("put_pixels: ") + name + " " + std::to_string(*largest) + " of " +
                       to_string(x.shape()));
  };
  require("image", images, 0);
  require("pixel", pixels, 1);
}

}  // namespace

std::vector<MaskGroup> mask_groups(const Mask& mask) {
  const std::size_t width = mask.hole().dim(1);
  std::vector<MaskGroup> groups;
  std::unordered_map<std::vector<bool>, std::size_t> group_of;
  std::vector<bool> missing(width);
  for (std::size_t n = 0; n < mask.images(); ++n) {
    const float* hole = mask.hole().data() + n * width;
    for (std::size_t d = 0; d < width; ++d) missing[d] = hole[d] != 0;
    const auto [entry, is_new] = group_of.try_emplace(missing, groups.size());
    if (is_new) {
      MaskGroup& group = groups.emplace_back();
      for (std::size_t d = 0; d < width; ++d) (missing[d] ? group.hole : group.known).push_back(d);
    }
    groups[entry->second].images.push_back(n);
  }
  return groups;
}

void for_each_mask_group(const Mask& mask, const std::function<void(const MaskGroup&)>& task) {
  const std::vector<MaskGroup> groups = mask_groups(mask);
  const std::size_t pieces = std::min<std::size_t>(groups.size(), 256);
  const FloatingPointMode callers = FloatingPointMode::current();
  parallel_for(pieces, [&](std::size_t piece) {
    const FloatingPointMode before = FloatingPointMode::current();
    callers.apply();
    for (std::size_t i = piece; i < groups.size(); i += pieces) task(groups[i]);
    before.apply();
  });
}

void put_pixels(Tensor<float>& x, const std::vector<std::size_t>& images,
                const std::vector<std::size_t>& pixels, const Tensor<double>& values) {
  require_pixels(x, images, pixels);
  if (values.shape() != Shape{images.size(), pixels.size()})
    throw ShapeError("put_pixels: values is " + to_string(values.shape()) + " but " +
                     to_string(Shape{images.size(), pixels.size()}) + " was expected: images and pixels");
  const double* in = values.data();
  for (const std::size_t image : images) {
    float* row = x.data() + image * x.dim(1);
    for (const std::size_t pixel : pixels) row[pixel] = static_cast<float>(*in++);
  }
}

}  // namespace mend
