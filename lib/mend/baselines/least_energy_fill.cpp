#include "mend/baselines/least_energy_fill.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <xtensor-blas/xlinalg.hpp>

#include "mend/baselines/damaged_images.hpp"
#include "mend/baselines/mask_groups.hpp"
#include "mend/tensor/blas.hpp"

namespace mend {
namespace {

// The system of one hole. A symmetric band as LAPACK stores it: row j of `band` is the diagonal element of column j
// and the ones below it.
struct HoleSystem {
  Tensor<double> band;  // (|h|, b + 1): Q_hh
  Tensor<double> u;     // (images, |h|): first -Q_hk x_k, then the solution
};

HoleSystem hole_system(const MaskGroup& group, const Tensor<float>& damaged, const SparseMatrix& q) {
  const std::size_t pixels = damaged.dim(1), unknowns = group.hole.size(), images = group.images.size();
  std::vector<std::size_t> number(pixels, pixels);  // which unknown a pixel is; `pixels` for a known one
  for (std::size_t i = 0; i < unknowns; ++i) number[group.hole[i]] = i;
  std::size_t width = 0;
  for (std::size_t i = 0; i < unknowns; ++i)
    for (const SparseEntry& entry : q[group.hole[i]])
      if (number[entry.column] < i) width = std::max(width, i - number[entry.column]);

  HoleSystem system{Tensor<double>({unknowns, width + 1}), Tensor<double>({images, unknowns})};
  for (std::size_t i = 0; i < unknowns; ++i)
    for (const SparseEntry& entry : q[group.hole[i]]) {
      const std::size_t j = number[entry.column];
      if (j <= i) system.band[j * (width + 1) + (i - j)] = entry.value;
      if (j == pixels)
        for (std::size_t n = 0; n < images; ++n)
          system.u[n * unknowns + i] -= entry.value * damaged[group.images[n] * pixels + entry.column];
    }
  return system;
}

void solve(HoleSystem& system) {
  const auto unknowns = static_cast<xt::blas_index_t>(system.band.dim(0));
  const auto columns = static_cast<xt::blas_index_t>(system.band.dim(1));
  const auto images = static_cast<xt::blas_index_t>(system.u.dim(0));
  cxxlapack::pbsv<xt::blas_index_t>('L', unknowns, columns - 1, images, system.band.data(), columns,
                                    system.u.data(), unknowns);
}

}  // namespace

SparseMatrix grid_laplacian(std::size_t height, std::size_t width) {
  SparseMatrix laplacian(height * width);
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t p = y * width + x;
      const double neighbours = (y > 0) + (x > 0) + (x + 1 < width) + (y + 1 < height);
      if (y > 0) laplacian[p].push_back({p - width, -1});
      if (x > 0) laplacian[p].push_back({p - 1, -1});
      laplacian[p].push_back({p, neighbours});
      if (x + 1 < width) laplacian[p].push_back({p + 1, -1});
      if (y + 1 < height) laplacian[p].push_back({p + width, -1});
    }
  return laplacian;
}

SparseMatrix squared(const SparseMatrix& a) {
  SparseMatrix product(a.size());
  for (std::size_t p = 0; p < a.size(); ++p) {
    std::map<std::size_t, double> row;
    for (const SparseEntry& left : a[p])
      for (const SparseEntry& right : a[left.column]) row[right.column] += left.value * right.value;
    for (const auto& [column, value] : row) product[p].push_back({column, value});
  }
  return product;
}

Tensor<float> least_energy_fill(Tensor<float> damaged, const Mask& mask, const SparseMatrix& q) {
  require_damaged("least_energy_fill", damaged, mask);
  if (q.size() != damaged.dim(1))
    throw ShapeError("least_energy_fill: the images are " + to_string(damaged.shape()) + " but Q has " +
                     std::to_string(q.size()) + " rows: expected one for each pixel");
  prepare_blas();
  for_each_mask_group(mask, [&](const MaskGroup& group) {
    if (group.hole.empty()) return;
    HoleSystem system = hole_system(group, damaged, q);
    if (group.known.empty())
      system.u.fill(0);
    else
      solve(system);
    put_pixels(damaged, group.images, group.hole, system.u);
  });
  return damaged;
}

}  // namespace mend
