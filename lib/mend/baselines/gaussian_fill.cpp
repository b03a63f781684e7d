#include "mend/baselines/gaussian_fill.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <xtensor-blas/xlinalg.hpp>

#include "mend/baselines/covariance.hpp"
#include "mend/baselines/mask_groups.hpp"
#include "mend/tensor/ops.hpp"

namespace mend {
namespace {

using Index = xt::blas_index_t;

// A matrix in LAPACK's own order, columns one after the other, so that nothing is copied on the way to it.
class Columns {
 public:
  Columns(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns) {}
  double& operator()(std::size_t i, std::size_t j) { return values_[j * rows_ + i]; }
  double* data() { return values_.data(); }
  Index rows() const { return static_cast<Index>(rows_); }
  Index columns() const { return static_cast<Index>(columns_); }

 private:
  std::size_t rows_, columns_;
  std::vector<double> values_;
};

// The inverse of a symmetric, positive definite matrix, symmetric to the last bit.
Tensor<double> inverse(Tensor<double> c, double ridge) {
  const Index n = static_cast<Index>(c.dim(0));
  // Row-major lower is column-major upper: nothing has to be transposed.
  if (cxxlapack::potrf<Index>('U', n, c.data(), n) != 0 || cxxlapack::potri<Index>('U', n, c.data(), n) != 0)
    throw Error("GaussianFill: the ridge " + std::to_string(ridge) +
                " is lost in rounding beside the covariance of these images; give a larger one");
  for (std::size_t i = 0; i < c.dim(0); ++i)
    for (std::size_t j = 0; j < i; ++j) c(j, i) = c(i, j);
  return c;
}

// L with P_hh = L L^T; what stands above its diagonal is not to be looked at.
Columns factor_of_hole(const Tensor<double>& precision, const std::vector<std::size_t>& hole) {
  const std::size_t width = precision.dim(1);
  Columns l(hole.size(), hole.size());
  for (std::size_t j = 0; j < hole.size(); ++j) {
    const double* row = precision.data() + hole[j] * width;
    for (std::size_t i = j; i < hole.size(); ++i) l(i, j) = row[hole[i]];
  }
  // Cannot fail: P is positive definite, and so each of its blocks.
  cxxlapack::potrf<Index>('L', l.rows(), l.data(), l.rows());
  return l;
}

// Calls task(group, L) for each hole, in parallel.
template <class Task>
void for_each_hole(const Tensor<double>& precision, const Mask& mask, Task task) {
  for_each_mask_group(mask, [&](const MaskGroup& group) {
    if (group.hole.empty()) return;
    Columns l = factor_of_hole(precision, group.hole);
    task(group, l);
  });
}

// Puts mean_h - P_hh^-1 r_h, clipped, into the hole of each image.
void put_means(Tensor<float>& filled, const MaskGroup& group, Columns& l, const Tensor<double>& r,
               const Tensor<double>& mean) {
  // A row for each image is what LAPACK takes for a column.
  Tensor<double> step({group.images.size(), group.hole.size()});
  double* to = step.data();
  for (const std::size_t image : group.images)
    for (const std::size_t pixel : group.hole) *to++ = r[image * mean.size() + pixel];
  cxxlapack::potrs<Index>('L', l.rows(), static_cast<Index>(group.images.size()), l.data(), l.rows(),
                          step.data(), l.rows());
  for (std::size_t i = 0; i < step.size(); ++i)
    step[i] = std::clamp(mean[group.hole[i % group.hole.size()]] - step[i], 0.0, 1.0);
  put_pixels(filled, group.images, group.hole, step);
}

// P_hh^-1 = L^-T L^-1: its diagonal holds the squared lengths of the columns of L^-1, which takes the place of L.
void put_deviations(Tensor<float>& sigma, const MaskGroup& group, Columns& l) {
  cxxlapack::trtri<Index>('L', 'N', l.rows(), l.data(), l.rows());
  for (std::size_t j = 0; j < group.hole.size(); ++j) {
    double squares = 0;
    for (std::size_t i = j; i < group.hole.size(); ++i) squares += l(i, j) * l(i, j);
    for (const std::size_t image : group.images)
      sigma[image * sigma.dim(1) + group.hole[j]] = static_cast<float>(std::sqrt(squares));
  }
}

}  // namespace

GaussianFill::GaussianFill(const Tensor<float>& train, double ridge) : ridge_(ridge) {
  if (train.rank() != 2 || train.dim(0) < 2 || train.dim(1) == 0)
    throw ShapeError("GaussianFill: train is " + to_string(train.shape()) +
                     " but (N, D) with N >= 2 was expected");
  if (!(ridge > 0 && std::isfinite(ridge)))
    throw Error("GaussianFill: expected a ridge above 0, found " + std::to_string(ridge));
  if (!std::all_of(train.begin(), train.end(), [](float v) { return std::isfinite(v); }))
    throw Error("GaussianFill: a training pixel is not finite; look at how the images were read");
  const std::size_t width = train.dim(1);
  mean_ = mean_rows(cast<double>(train));
  Tensor<double> c = covariance(train, mean_);
  for (std::size_t d = 0; d < width; ++d) c(d, d) += ridge;
  precision_ = inverse(std::move(c), ridge);
}

// r = P (x - mean) where the hole of x holds the mean: r_h = P_hk (x_k - mean_k).
Tensor<double> GaussianFill::residual(const Tensor<float>& damaged, const Mask& mask) const {
  const Tensor<float>& hole = mask.hole();
  require_same_shape("GaussianFill: damaged and mask", damaged, hole);
  const std::size_t width = mean_.size();
  if (damaged.dim(1) != width)
    throw ShapeError("GaussianFill: damaged is " + to_string(damaged.shape()) + " but it was fitted to (N, " +
                     std::to_string(width) + ")");
  Tensor<double> known(damaged.shape());
  for (std::size_t n = 0; n < damaged.dim(0); ++n)
    for (std::size_t i = n * width, d = 0; d < width; ++i, ++d)
      known[i] = hole[i] != 0 ? 0 : static_cast<double>(damaged[i]) - mean_[d];
  return matmul(known, precision_);  // (N, D); P is symmetric
}

Tensor<float> GaussianFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  const Tensor<double> r = residual(damaged, mask);
  Tensor<float> filled = damaged;
  for_each_hole(precision_, mask,
                [&](const MaskGroup& group, Columns& l) { put_means(filled, group, l, r, mean_); });
  return filled;
}

Tensor<float> GaussianFill::sigma(const Mask& mask) const {
  if (mask.hole().dim(1) != mean_.size())
    throw ShapeError("GaussianFill::sigma: mask is " + to_string(mask.hole().shape()) +
                     " but it was fitted to (N, " + std::to_string(mean_.size()) + ")");
  Tensor<float> sigma(mask.hole().shape());
  for_each_hole(precision_, mask,
                [&](const MaskGroup& group, Columns& l) { put_deviations(sigma, group, l); });
  return sigma;
}

GaussianFill::Conditional GaussianFill::conditional(const Tensor<float>& damaged, const Mask& mask) const {
  const Tensor<double> r = residual(damaged, mask);
  Conditional all{damaged, Tensor<float>(damaged.shape())};
  for_each_hole(precision_, mask, [&](const MaskGroup& group, Columns& l) {
    put_means(all.filled, group, l, r, mean_);
    put_deviations(all.sigma, group, l);
  });
  return all;
}

}  // namespace mend
