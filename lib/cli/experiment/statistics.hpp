#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/experiment/measurements.hpp"
#include "mend/files/csv.hpp"
#include "mend/metrics/bootstrap.hpp"

namespace mend::cli {

/// Means and 95 % intervals over all restorers of an experiment, from common resamples.
///
/// An image's value in a row is its mean over the draws of masks. The bootstrap resamples images, the same for every
/// restorer, and for a trained one its training seeds too; so the interval of a difference or a ratio is that of
/// pairs. The quantiles are those of the resampled statistic (percentile method).
class Statistics {
 public:
  /// \param rows  the names of the rows  \param images  judged  \param resamples  of the bootstrap
  Statistics(std::vector<std::string> rows, std::size_t images, std::size_t resamples = 10'000);

  /// Takes a restorer in. \param model  its name  \param seeds  its measurements, one for each training seed
  void add(const std::string& model, const std::vector<Measurements>& seeds);

  const std::vector<std::string>& rows() const { return rows_; }      ///< In the order given.
  const std::vector<std::string>& models() const { return models_; }  ///< In the order they were added.
  std::size_t seeds(const std::string& model) const;                  ///< How many trainings were added.

  /// The mean in a row.
  Interval of(const std::string& model, const std::string& row, Measure measure) const;
  /// The mean of one model less that of another in a row: negative when `model` has less of it.
  Interval difference(const std::string& model, const std::string& other, const std::string& row,
                      Measure measure) const {
    return difference(model, measure, other, measure, row);
  }
  /// The same of two measures: the raw error of one against the composite error of another.
  Interval difference(const std::string& model, Measure measure, const std::string& other,
                      Measure other_measure, const std::string& row) const;
  /// The composite MSE of one model over that of another in a row.
  Interval ratio(const std::string& model, const std::string& other, const std::string& row) const;
  /// The geometric mean of ratio over all rows.
  Interval geometric_mean_ratio(const std::string& model, const std::string& other) const;
  /// What a function of the means in all rows says: `statistic` gets the model's means, a number for each row.
  template <class F>
  Interval functional(const std::string& model, Measure measure, F statistic) const {
    std::vector<double> replicates;
    for (std::size_t b = 0; b < resamples_; ++b)
      replicates.push_back(statistic(row_means(model, measure, b)));
    return interval(statistic(row_means(model, measure)), std::move(replicates));
  }
  /// The means of all rows.
  std::vector<double> row_means(const std::string& model, Measure measure) const;

  /// The standard deviation of the mean in a row over the training seeds, and over the draws of masks.
  struct Spread {
    double over_seeds = 0;  ///< Of the means of the seeds; 0 for one seed.
    double over_draws = 0;  ///< Of the means of the draws.
  };
  /// For a model and a row, of the whole-image MSE of the raw output.
  Spread spread(const std::string& model, const std::string& row) const;

  /// A line for each row, model and measure: row, model, measure, estimate, low, high.
  Csv csv() const;

 private:
  struct Entry {
    std::size_t seeds = 0;
    std::vector<double> means;  // (measures * rows)
    Tensor<double> replicates;  // (resamples, measures * rows)
    std::vector<Spread> spread;
  };
  const Entry& entry(const std::string& model) const;
  std::size_t row_number(const std::string& row) const;
  std::size_t column(Measure measure, std::size_t row) const {
    return static_cast<std::size_t>(measure) * rows_.size() + row;
  }
  std::vector<double> row_means(const std::string& model, Measure measure, std::size_t resample) const;

  std::vector<std::string> rows_, models_;
  std::size_t resamples_;
  Bootstrap bootstrap_;
  std::map<std::string, Entry> entries_;
};

}  // namespace mend::cli
