#include "mend/metrics/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"
#include "mend/tensor/random.hpp"

namespace mend {
namespace {

// Resamples that are drawn from one stream and multiplied at once.
constexpr std::size_t block = 1000;

void require_values(const char* name, const Tensor<double>& values) {
  const std::size_t rank = values.rank();
  if ((rank != 2 && rank != 3) || values.dim(rank - 1) == 0 || values.dim(0) == 0)
    throw ShapeError(std::string(name) + ": values are " + to_string(values.shape()) +
                     " but (C, N) or (S, C, N) without a 0 was expected");
}

std::size_t seeds_of(const Tensor<double>& values) { return values.rank() == 3 ? values.dim(0) : 1; }

// Between the neighbours in order at share (B - 1). Puts the replicates in another order.
double quantile(std::vector<double>& replicates, double share) {
  const double place = share * static_cast<double>(replicates.size() - 1);
  const auto below = replicates.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(replicates.begin(), below, replicates.end());
  const double between = place - std::floor(place);
  return between == 0 ? *below : *below + between * (*std::min_element(below + 1, replicates.end()) - *below);
}

}  // namespace

Interval interval(double estimate, std::vector<double> replicates, double level) {
  if (replicates.empty()) throw Error("interval: expected at least 1 replicate, found none");
  if (!(level > 0 && level < 1))
    throw Error("interval: expected a level between 0 and 1, found " + std::to_string(level));
  for (std::size_t b = 0; b < replicates.size(); ++b)
    if (std::isnan(replicates[b]))
      throw Error("interval: expected numbers, found NaN in replicate " + std::to_string(b));
  return {estimate, quantile(replicates, (1 - level) / 2), quantile(replicates, (1 + level) / 2)};
}

std::vector<Interval> intervals(const Tensor<double>& estimates, const Tensor<double>& replicates,
                                double level) {
  if (estimates.rank() != 1 || replicates.rank() != 2 || replicates.dim(1) != estimates.dim(0))
    throw ShapeError("intervals: estimates are " + to_string(estimates.shape()) + " and replicates " +
                     to_string(replicates.shape()) + " but (C) and (B, C) were expected");
  const Tensor<double> columns = transpose(replicates);
  std::vector<Interval> all;
  for (std::size_t c = 0; c < estimates.size(); ++c) {
    const double* first = columns.data() + c * columns.dim(1);
    all.push_back(interval(estimates[c], {first, first + columns.dim(1)}, level));
  }
  return all;
}

Tensor<double> cell_means(const Tensor<double>& values) {
  require_values("cell_means", values);
  const std::size_t seeds = seeds_of(values), images = values.dim(values.rank() - 1);
  const std::size_t cells = values.size() / seeds / images;
  Tensor<double> means({cells});
  for (std::size_t i = 0; i < values.size(); ++i) means[i / images % cells] += values[i];
  return means * (1 / static_cast<double>(seeds * images));
}

Bootstrap::Bootstrap(std::size_t images, std::size_t resamples, std::uint64_t seed)
    : images_(images), resamples_(resamples), seed_(seed) {
  if (images == 0) throw Error("Bootstrap: expected at least 1 image, found 0");
  if (resamples == 0) throw Error("Bootstrap: expected at least 1 resample, found 0");
  counts_.resize(resamples * images);
  // A stream for each block, so that blocks can be drawn at the same time.
  parallel_for((resamples + block - 1) / block, [&](std::size_t k) {
    Random random(seed, "bootstrap images " + std::to_string(k));
    for (std::size_t b = k * block; b < std::min(resamples, (k + 1) * block); ++b)
      for (std::size_t draw = 0; draw < images; ++draw) ++counts_[b * images + random.below(images)];
  });
}

Tensor<double> Bootstrap::means(const Tensor<double>& values) const {
  require_values("Bootstrap::means", values);
  if (values.dim(values.rank() - 1) != images_)
    throw ShapeError("Bootstrap::means: values are " + to_string(values.shape()) + " but the last axis of " +
                     std::to_string(images_) + " images was expected");
  const std::size_t seeds = seeds_of(values), cells = values.dim(values.rank() - 2);
  Tensor<double> seed_counts({resamples_, seeds}, seeds == 1 ? 1.0 : 0.0);
  if (seeds > 1) {
    Random random(seed_, "bootstrap seeds " + std::to_string(seeds));
    for (std::size_t i = 0; i < seed_counts.size(); ++i)
      seed_counts[i / seeds * seeds + random.below(seeds)] += 1;
  }
  // mean = sum over seeds and images of both counts times the value, / (S N); over images it is a product.
  const Tensor<double> rows_of_cells = values.reshaped({seeds * cells, images_});
  const double share = 1 / static_cast<double>(seeds * images_);
  Tensor<double> means({resamples_, cells});
  for (std::size_t first = 0; first < resamples_; first += block) {
    const std::size_t rows = std::min(block, resamples_ - first);
    Tensor<double> counts({rows, images_});
    std::copy_n(counts_.begin() + static_cast<std::ptrdiff_t>(first * images_), counts.size(),
                counts.begin());
    const Tensor<double> sums = matmul_nt(counts, rows_of_cells);  // (rows, S C)
    for (std::size_t b = 0; b < rows; ++b)
      for (std::size_t s = 0; s < seeds; ++s) {
        const double weight = share * seed_counts[(first + b) * seeds + s];
        for (std::size_t c = 0; c < cells; ++c)
          means[(first + b) * cells + c] += weight * sums[(b * seeds + s) * cells + c];
      }
  }
  return means;
}

std::vector<Interval> Bootstrap::mean_interval(const Tensor<double>& values, double level) const {
  return intervals(cell_means(values), means(values), level);
}

std::vector<Interval> Bootstrap::paired_difference(const Tensor<double>& a, const Tensor<double>& b,
                                                   double level) const {
  if (a.shape() == b.shape())
    return mean_interval(a - b, level);  // equal data differ by 0 and not by rounding
  require_values("Bootstrap::paired_difference", a);
  require_values("Bootstrap::paired_difference", b);
  if (a.dim(a.rank() - 2) != b.dim(b.rank() - 2))
    throw ShapeError("Bootstrap::paired_difference: a is " + to_string(a.shape()) + " but b is " +
                     to_string(b.shape()) + ": the number of cells differs");
  return intervals(cell_means(a) - cell_means(b), means(a) - means(b), level);
}

}  // namespace mend
