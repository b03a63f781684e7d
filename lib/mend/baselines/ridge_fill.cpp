#include "mend/baselines/ridge_fill.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <xtensor-blas/xlinalg.hpp>

#include "mend/baselines/damaged_images.hpp"
#include "mend/masks/noise.hpp"
#include "mend/tensor/blas.hpp"

namespace mend {
namespace {

// z = [x known | hole | 1]        x (N, D)   z (N, 2 D + 1)
Tensor<float> inputs(const Tensor<float>& damaged, const Mask& mask) {
  const Tensor<float> one({damaged.dim(0), 1}, 1);
  return concat_columns(concat_columns(damage(damaged, mask, 0), mask.hole()), one);
}

// b <- b A^-1 for a symmetric positive definite A, which Cholesky's factor replaces. LAPACK counts columns first, so
// that a row of ours is one of its right-hand sides; xt::linalg::solve_cholesky (0.20) solves for the first one only.
//     a (n, n)   b (m, n)
void solve(Tensor<double>& a, Tensor<double>& b) {
  prepare_blas();
  const auto n = static_cast<xt::blas_index_t>(a.dim(0)), m = static_cast<xt::blas_index_t>(b.dim(0));
  const auto info = cxxlapack::posv<xt::blas_index_t>('L', n, m, a.data(), n, b.data(), n);
  if (info != 0 || !std::isfinite(sum(b)))
    throw Error("RidgeFill: the normal equations have no solution; are all training pixels finite numbers?");
}

}  // namespace

RidgeFill::RidgeFill(const Tensor<float>& train, const DrawMasks& draw, std::size_t passes, double lambda) {
  require_training("RidgeFill", train);
  if (passes < 1) throw Error("RidgeFill: expected at least 1 pass over the training images, found 0");
  if (!(lambda > 0) || !std::isfinite(lambda))
    throw Error("RidgeFill: expected a positive lambda, found " + std::to_string(lambda));
  const std::size_t images = train.dim(0), pixels = train.dim(1), width = 2 * pixels + 1;

  Tensor<double> gram({width, width}), moments({pixels, width});  // Z^T Z and X^T Z
  for (std::size_t pass = 0; pass < passes; ++pass)
    for (std::size_t first = 0; first < images; first += 1000) {
      const Tensor<float> x = slice_rows(train, first, std::min<std::size_t>(1000, images - first));
      const Mask mask = draw(x.dim(0));
      require_damaged("RidgeFill", x, mask);
      const Tensor<double> z = cast<double>(inputs(x, mask));
      add_matmul_tn(gram, z, z);
      add_matmul_tn(moments, cast<double>(x), z);
    }
  const double share = 1 / static_cast<double>(images * passes);
  gram *= share;
  moments *= share;
  for (std::size_t i = 0; i + 1 < width; ++i) gram(i, i) += lambda;  // all but the bias
  solve(gram, moments);
  weights_ = transpose(cast<float>(moments));
}

Tensor<float> RidgeFill::predict(const Tensor<float>& damaged, const Mask& mask) const {
  require_damaged("RidgeFill", damaged, mask, weights_.dim(1));
  return matmul(inputs(damaged, mask), weights_);
}

Tensor<float> RidgeFill::operator()(const Tensor<float>& damaged, const Mask& mask) const {
  return composite(clip_pixels(predict(damaged, mask)), damaged, mask);
}

}  // namespace mend
