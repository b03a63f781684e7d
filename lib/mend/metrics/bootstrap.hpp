#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mend/tensor/tensor.hpp"

namespace mend {

/// A number and where it might have come out with other images and seeds.
struct Interval {
  double estimate = 0;  ///< From the images as they are.
  double low = 0;       ///< Lower end.
  double high = 0;      ///< Upper end.
};

/// The percentile interval (Efron 1979): from the (1 - level) / 2 quantile of the replicates to the opposite one,
/// linear between two neighbours in order.
/// \param estimate  of the statistic  \param replicates  the statistic in each resample, in any order
/// \param level  the share of replicates between the ends, in (0, 1)
/// \throws Error without replicates, for one that is NaN, or for a level outside (0, 1)
Interval interval(double estimate, std::vector<double> replicates, double level = 0.95);

/// The same for each column: C intervals.
/// \param estimates  (C)  \param replicates  (B, C)  \param level  in (0, 1)
/// \throws ShapeError when the two do not belong together  \throws Error as above
std::vector<Interval> intervals(const Tensor<double>& estimates, const Tensor<double>& replicates,
                                double level = 0.95);

/// The mean of each cell over images, and over seeds where there are some.
/// \param values  (C, N) or (S, C, N)  \return (C)
/// \throws ShapeError for another rank, no images or no seeds
Tensor<double> cell_means(const Tensor<double>& values);

/// The bootstrap (Efron 1979): how much would a mean over N images vary with other images of their kind? Draws N of
/// them with replacement, many times, and looks at how the mean varies.
///
/// Every call sees the *same* resamples, so whatever is computed from two calls is paired: the difference of two
/// restorers is that on common images, and varies less than either. A cell is anything with one value per image: a
/// restorer on a mask, say. Of values with a seed axis, (S, C, N), each resample draws S seeds with replacement too,
/// the same for all calls with S seeds; all seeds of a resample see the same images. Any statistic of means, such as a
/// ratio, has its interval by intervals(f(cell_means), f(means)).
///
/// The resamples depend on seed and numbers alone, not on threads. Needs 2 N B bytes.
class Bootstrap {
 public:
  /// Draws the resamples. \param images  N  \param resamples  B  \param seed  of the stream
  /// \throws Error for 0 images or 0 resamples
  explicit Bootstrap(std::size_t images, std::size_t resamples = 10000, std::uint64_t seed = 0);

  std::size_t images() const { return images_; }        ///< N.
  std::size_t resamples() const { return resamples_; }  ///< B.

  /// The mean of each cell in each resample.
  /// \param values  (C, N), or (S, C, N) with S seeds  \return (B, C)
  /// \throws ShapeError unless values end in N
  Tensor<double> means(const Tensor<double>& values) const;

  /// The interval of each cell's mean. \param values  (C, N) or (S, C, N)  \param level  in (0, 1)  \return C intervals
  /// \throws ShapeError unless values end in N  \throws Error for a level outside (0, 1)
  std::vector<Interval> mean_interval(const Tensor<double>& values, double level = 0.95) const;

  /// The interval of each cell's mean of a less that of b, in common resamples. One may have seeds and the other none.
  /// \param a  (C, N) or (S, C, N)  \param b  the same C and N  \param level  in (0, 1)  \return C intervals
  /// \throws ShapeError when the two do not belong together  \throws Error for a level outside (0, 1)
  std::vector<Interval> paired_difference(const Tensor<double>& a, const Tensor<double>& b,
                                          double level = 0.95) const;

 private:
  std::size_t images_, resamples_;
  std::uint64_t seed_;
  std::vector<std::uint16_t> counts_;  // (B, N): how often each image is in each resample
};

}  // namespace mend
