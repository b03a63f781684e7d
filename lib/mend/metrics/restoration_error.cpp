#include "mend/metrics/restoration_error.hpp"

#include <algorithm>
#include <cmath>

#include "mend/tensor/ops.hpp"
#include "mend/tensor/parallel.hpp"

namespace mend {
namespace {

// Sums of penalties over three sets that do not overlap, and how many pixels these have.
struct Sums {
  double hole = 0, ring = 0, far = 0;
  std::size_t missing = 0, ringed = 0, pixels = 0;

  void operator+=(const Sums& other) {
    hole += other.hole, ring += other.ring, far += other.far;
    missing += other.missing, ringed += other.ringed, pixels += other.pixels;
  }

  RestorationError means() const {
    const auto mean = [](double sum, std::size_t count) {
      return count == 0 ? 0.0 : sum / static_cast<double>(count);
    };
    const ErrorParts raw{mean(hole + (ring + far), pixels), mean(hole, missing), mean(ring, ringed),
                         mean(ring + far, pixels - missing)};
    return {raw, {mean(hole, pixels), raw.hole, 0, 0}};
  }
};

// The hole and its ring: 1 where a missing pixel is at most ring_width columns and rows away. A square is a row of
// columns, so first along the rows and then along the columns.
class Surroundings {
 public:
  Surroundings(std::size_t height, std::size_t width)
      : height_(height),
        width_(width),
        padded_(width + 2 * ring_width),
        rows_(height * width),
        grown_(rows_) {}

  const std::vector<float>& of(const float* hole) {
    for (std::size_t r = 0; r < height_; ++r) {
      std::copy_n(hole + r * width_, width_, padded_.begin() + ring_width);
      float* row = rows_.data() + r * width_;
      for (std::size_t c = 0; c < width_; ++c) row[c] = padded_[c];
      for (std::size_t step = 1; step <= 2 * ring_width; ++step)
        for (std::size_t c = 0; c < width_; ++c) row[c] = std::max(row[c], padded_[c + step]);
    }
    for (std::size_t r = 0; r < height_; ++r) {
      float* row = grown_.data() + r * width_;
      const std::size_t first = r - std::min(r, ring_width), last = std::min(r + ring_width, height_ - 1);
      std::copy_n(rows_.data() + first * width_, width_, row);
      for (std::size_t near = first + 1; near <= last; ++near)
        for (std::size_t c = 0; c < width_; ++c) row[c] = std::max(row[c], rows_[near * width_ + c]);
    }
    return grown_;
  }

 private:
  std::size_t height_, width_;
  std::vector<float> padded_, rows_, grown_;
};

template <class Cost>
Sums sums_of_image(const float* restored, const float* original, const float* in_hole, const float* grown,
                   std::size_t pixels, Cost cost) {
  double hole = 0, ring = 0, far = 0;
  std::size_t missing = 0, covered = 0;
  // Five sums that the processor may carry side by side.
#pragma omp simd reduction(+ : hole, ring, far, missing, covered)
  for (std::size_t i = 0; i < pixels; ++i) {
    const double c = cost(static_cast<double>(restored[i]) - original[i]);
    const bool is_hole = in_hole[i] != 0, is_near = grown[i] != 0;
    hole += is_hole ? c : 0.0;
    ring += is_near && !is_hole ? c : 0.0;
    far += is_near ? 0.0 : c;
    missing += is_hole;
    covered += is_near;
  }
  return {hole, ring, far, missing, covered - missing, pixels};
}

std::vector<Sums> sums_of_images(const char* name, const Tensor<float>& restored,
                                 const Tensor<float>& original, const Mask& mask, Penalty penalty) {
  require_same_shape((std::string(name) + ": restored and original").c_str(), restored, original);
  require_same_shape((std::string(name) + ": images and mask").c_str(), restored, mask.hole());
  const std::size_t images = mask.images(), pixels = mask.height() * mask.width();
  std::vector<Sums> sums(images);
  if (pixels == 0) return sums;
  const std::size_t pieces = std::min<std::size_t>(images, 64);
  parallel_for(pieces, [&](std::size_t piece) {
    Surroundings surroundings(mask.height(), mask.width());
    for (std::size_t n = images * piece / pieces; n < images * (piece + 1) / pieces; ++n) {
      const float *r = restored.data() + n * pixels, *o = original.data() + n * pixels,
                  *hole = mask.hole().data() + n * pixels, *grown = surroundings.of(hole).data();
      sums[n] = penalty == Penalty::squared
                    ? sums_of_image(r, o, hole, grown, pixels, [](double d) { return d * d; })
                    : sums_of_image(r, o, hole, grown, pixels, [](double d) { return std::abs(d); });
    }
  });
  return sums;
}

}  // namespace

RestorationError restoration_error(const Tensor<float>& restored, const Tensor<float>& original,
                                   const Mask& mask, Penalty penalty) {
  Sums all;
  for (const Sums& image : sums_of_images("restoration_error", restored, original, mask, penalty))
    all += image;
  return all.means();
}

std::vector<RestorationError> restoration_errors(const Tensor<float>& restored, const Tensor<float>& original,
                                                 const Mask& mask, Penalty penalty) {
  std::vector<RestorationError> errors;
  errors.reserve(mask.images());
  for (const Sums& image : sums_of_images("restoration_errors", restored, original, mask, penalty))
    errors.push_back(image.means());
  return errors;
}

}  // namespace mend
