#include "mend/baselines/nearest_neighbours_fill.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "mend/baselines/damaged_images.hpp"
#include "mend/baselines/mask_groups.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

constexpr std::size_t block_size =
    256;  // images at a time: their distances are 12 MB for 11,686 training images

// The numbers of the k smallest of `count` distances, the smallest first; of equal ones the first.
void smallest(const float* distance, std::size_t count, std::size_t k, std::size_t* nearest) {
  std::size_t found = 0;
  for (std::size_t t = 0; t < count; ++t) {
    if (found == k && !(distance[t] < distance[nearest[k - 1]])) continue;
    std::size_t place = found < k ? found++ : k - 1;
    for (; place > 0 && distance[t] < distance[nearest[place - 1]]; --place)
      nearest[place] = nearest[place - 1];
    nearest[place] = t;
  }
}

}  // namespace

NearestNeighboursFill::NearestNeighboursFill(Tensor<float> train, std::size_t k) : k_(k) {
  require_training("NearestNeighboursFill", train);
  if (k < 1 || k > train.dim(0))
    throw Error("NearestNeighboursFill: expected 1 to " + std::to_string(train.dim(0)) +
                " neighbours for training images " + to_string(train.shape()) + ", found " +
                std::to_string(k));
  squares_ = multiply(train, train);
  train_ = std::move(train);
}

Tensor<std::size_t> NearestNeighboursFill::neighbours(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("NearestNeighboursFill", damaged, mask, train_.dim(1));
  const std::vector<MaskGroup> groups = mask_groups(mask);
  // In the order of their groups, images with the same mask stand together and share a row of known t^2.
  std::vector<std::size_t> order, group_of;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    order.insert(order.end(), groups[g].images.begin(), groups[g].images.end());
    group_of.insert(group_of.end(), groups[g].images.size(), g);
  }
  const Tensor<float> known_pixels = damage(damaged, mask, 0);
  Tensor<std::size_t> nearest({damaged.dim(0), k_});
  for (std::size_t first = 0; first < order.size(); first += block_size) {
    const std::size_t count = std::min(block_size, order.size() - first);
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::size_t> images(begin, begin + static_cast<std::ptrdiff_t>(count));
    const std::size_t first_group = group_of[first],
                      group_count = group_of[first + count - 1] - first_group + 1;
    Tensor<float> known({group_count, damaged.dim(1)});
    for (std::size_t g = 0; g < group_count; ++g)
      for (const std::size_t d : groups[first_group + g].known) known(g, d) = 1;

    Tensor<float> distances = matmul_nt(gather_rows(known_pixels, images), train_);  // x_k t
    const Tensor<float> lengths = matmul_nt(known, squares_);                        // known t^2
    parallel_for(count, [&](std::size_t i) {
      float* distance = distances.data() + i * train_.dim(0);
      const float* length = lengths.data() + (group_of[first + i] - first_group) * train_.dim(0);
      for (std::size_t t = 0; t < train_.dim(0); ++t) distance[t] = length[t] - 2 * distance[t];
      smallest(distance, train_.dim(0), k_, nearest.data() + images[i] * k_);
    });
  }
  return nearest;
}

Tensor<float> NearestNeighboursFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  const Tensor<std::size_t> nearest = neighbours(damaged, mask);
  Tensor<float> mean(damaged.shape());
  const std::size_t width = damaged.dim(1);
  for (std::size_t n = 0; n < damaged.dim(0); ++n)
    for (std::size_t i = 0; i < k_; ++i)
      for (std::size_t d = 0; d < width; ++d) mean[n * width + d] += train_[nearest[n * k_ + i] * width + d];
  return composite(std::move(mean) * (1 / static_cast<float>(k_)), damaged, mask);
}

}  // namespace mend
