#include "mend/metrics/ssim.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

constexpr std::size_t window = 11, middle = window / 2;
constexpr double sigma = 1.5, c1 = 0.01 * 0.01, c2 = 0.03 * 0.03;

// The window is a product of two of these, one along each axis.
std::array<double, window> gaussian() {
  std::array<double, window> g{};
  double sum = 0;
  for (std::size_t k = 0; k < window; ++k) {
    const double distance = static_cast<double>(k) - static_cast<double>(middle);
    sum += g[k] = std::exp(-distance * distance / (2 * sigma * sigma));
  }
  for (double& weight : g) weight /= sum;
  return g;
}

class Windows {
 public:
  Windows(std::size_t height, std::size_t width)
      : rows_(height - window + 1),
        columns_(width - window + 1),
        width_(width),
        pixels_(height * width),
        product_(pixels_),
        row_(width) {
    for (std::vector<double>* m : {&a_, &b_, &aa_, &bb_, &ab_}) m->resize(rows_ * columns_);
  }

  double similarity(const float* a, const float* b) {
    mean(a_, [&](std::size_t i) { return static_cast<double>(a[i]); });
    mean(b_, [&](std::size_t i) { return static_cast<double>(b[i]); });
    mean(aa_, [&](std::size_t i) { return static_cast<double>(a[i]) * a[i]; });
    mean(bb_, [&](std::size_t i) { return static_cast<double>(b[i]) * b[i]; });
    mean(ab_, [&](std::size_t i) { return static_cast<double>(a[i]) * b[i]; });
    double sum = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      const double means = a_[i] * b_[i], squares = a_[i] * a_[i] + b_[i] * b_[i];
      const double covariance = ab_[i] - means, variances = aa_[i] + bb_[i] - squares;
      sum += (2 * means + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
    }
    return sum / static_cast<double>(a_.size());
  }

 private:
  // The weighted mean of pixel(i) in every window, down the columns and then along the row.
  template <class Pixel>
  void mean(std::vector<double>& means, Pixel pixel) {
    for (std::size_t i = 0; i < pixels_; ++i) product_[i] = pixel(i);
    for (std::size_t r = 0; r < rows_; ++r) {
      std::fill(row_.begin(), row_.end(), 0.0);
      for (std::size_t k = 0; k < window; ++k) {
        const double weight = gaussian_[k], *source = product_.data() + (r + k) * width_;
        for (std::size_t c = 0; c < width_; ++c) row_[c] += weight * source[c];
      }
      double* destination = means.data() + r * columns_;
      std::fill_n(destination, columns_, 0.0);
      for (std::size_t k = 0; k < window; ++k) {
        const double weight = gaussian_[k], *source = row_.data() + k;
        for (std::size_t c = 0; c < columns_; ++c) destination[c] += weight * source[c];
      }
    }
  }

  const std::array<double, window> gaussian_ = gaussian();
  std::size_t rows_, columns_, width_, pixels_;
  std::vector<double> product_, row_, a_, b_, aa_, bb_, ab_;
};

}  // namespace

Tensor<double> ssim(const Tensor<float>& a, const Tensor<float>& b, std::size_t height, std::size_t width) {
  require_same_shape("ssim: a and b", a, b);
  if (height < window || width < window)
    throw ShapeError("ssim: expected images of at least 11 x 11 pixels, the size of its window, found " +
                     std::to_string(height) + " x " + std::to_string(width));
  const std::size_t pixels = height * width;
  if (a.rank() != 2 || a.dim(1) != pixels)
    throw ShapeError("ssim: a is " + to_string(a.shape()) + " but (N, " + std::to_string(pixels) +
                     ") was expected for images of " + std::to_string(height) + " x " +
                     std::to_string(width));
  const std::size_t images = a.dim(0), pieces = std::min<std::size_t>(images, 64);
  Tensor<double> similarity({images});
  parallel_for(pieces, [&](std::size_t piece) {
    Windows windows(height, width);
    for (std::size_t n = images * piece / pieces; n < images * (piece + 1) / pieces; ++n)
      similarity[n] = windows.similarity(a.data() + n * pixels, b.data() + n * pixels);
  });
  return similarity;
}

}  // namespace mend
