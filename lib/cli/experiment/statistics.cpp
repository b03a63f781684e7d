#include "cli/experiment/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace mend::cli {
namespace {

constexpr std::size_t measures = std::size(all_measures);

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

// With n - 1; 0 for a single value.
double deviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double mean = mean_of(values);
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

// The mean of a (rows, draws, images) tensor over one row's images, for each draw.
std::vector<double> draw_means(const Tensor<float>& x, std::size_t row) {
  std::vector<double> means;
  for (std::size_t d = 0; d < x.dim(1); ++d) {
    const float* first = x.data() + (row * x.dim(1) + d) * x.dim(2);
    means.push_back(mean_of({first, first + x.dim(2)}));
  }
  return means;
}

std::vector<Statistics::Spread> spreads(const std::vector<Measurements>& seeds, std::size_t rows) {
  std::vector<Statistics::Spread> result;
  for (std::size_t r = 0; r < rows; ++r) {
    std::vector<double> of_seeds, of_draws;
    for (const Measurements& m : seeds) {
      const std::vector<double> means = draw_means(m.of(Measure::whole), r);
      of_seeds.push_back(mean_of(means));
      of_draws.resize(means.size());
      for (std::size_t d = 0; d < means.size(); ++d)
        of_draws[d] += means[d] / static_cast<double>(seeds.size());
    }
    result.push_back({deviation(of_seeds), deviation(of_draws)});
  }
  return result;
}

double geometric_mean(const std::vector<double>& a, const std::vector<double>& b) {
  double logs = 0;
  for (std::size_t r = 0; r < a.size(); ++r) logs += std::log(a[r] / b[r]);
  return std::exp(logs / static_cast<double>(a.size()));
}

}  // namespace

Statistics::Statistics(std::vector<std::string> rows, std::size_t images, std::size_t resamples)
    : rows_(std::move(rows)), resamples_(resamples), bootstrap_(images, resamples) {}

void Statistics::add(const std::string& model, const std::vector<Measurements>& seeds) {
  if (seeds.empty())
    throw Error("Statistics: '" + model + "' comes without measurements; expected one a seed");
  const Shape shape = seeds[0].of(Measure::composite).shape();
  const std::size_t rows = rows_.size(), images = shape[2], cells = measures * rows;
  Tensor<double> values({seeds.size(), cells, images});
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    if (seeds[s].of(Measure::composite).shape() != shape || shape[0] != rows)
      throw ShapeError("Statistics: '" + model + "' has measurements " +
                       to_string(seeds[s].of(Measure::composite).shape()) + ", expected (" +
                       std::to_string(rows) + ", draws, images) and the same for every seed");
    for (const Measure measure : all_measures) {
      const Tensor<double> mean = seeds[s].mean_over_draws(measure);
      std::copy(mean.begin(), mean.end(), values.data() + (s * cells + column(measure, 0)) * images);
    }
  }
  Entry entry;
  entry.seeds = seeds.size();
  entry.means.assign(cells, 0);
  for (std::size_t s = 0; s < seeds.size(); ++s)
    for (std::size_t c = 0; c < cells; ++c) {
      const double* first = values.data() + (s * cells + c) * images;
      entry.means[c] += mean_of({first, first + images}) / static_cast<double>(seeds.size());
    }
  entry.replicates = bootstrap_.means(values);
  entry.spread = spreads(seeds, rows);
  models_.push_back(model);
  entries_[model] = std::move(entry);
}

const Statistics::Entry& Statistics::entry(const std::string& model) const {
  const auto found = entries_.find(model);
  if (found == entries_.end()) throw Error("Statistics: there is no model '" + model + "'");
  return found->second;
}

std::size_t Statistics::row_number(const std::string& row) const {
  const auto found = std::find(rows_.begin(), rows_.end(), row);
  if (found == rows_.end()) throw Error("Statistics: there is no row '" + row + "'");
  return static_cast<std::size_t>(found - rows_.begin());
}

std::size_t Statistics::seeds(const std::string& model) const { return entry(model).seeds; }

Interval Statistics::of(const std::string& model, const std::string& row, Measure measure) const {
  const Entry& e = entry(model);
  const std::size_t c = column(measure, row_number(row));
  std::vector<double> replicates(resamples_);
  for (std::size_t b = 0; b < resamples_; ++b) replicates[b] = e.replicates(b, c);
  return interval(e.means[c], std::move(replicates));
}

Interval Statistics::difference(const std::string& model, Measure measure, const std::string& other,
                                Measure other_measure, const std::string& row) const {
  const Entry &a = entry(model), &o = entry(other);
  const std::size_t ours = column(measure, row_number(row)), theirs = column(other_measure, row_number(row));
  std::vector<double> replicates(resamples_);
  for (std::size_t b = 0; b < resamples_; ++b)
    replicates[b] = a.replicates(b, ours) - o.replicates(b, theirs);
  return interval(a.means[ours] - o.means[theirs], std::move(replicates));
}

Interval Statistics::ratio(const std::string& model, const std::string& other, const std::string& row) const {
  const Entry &a = entry(model), &o = entry(other);
  const std::size_t c = column(Measure::composite, row_number(row));
  std::vector<double> replicates(resamples_);
  for (std::size_t b = 0; b < resamples_; ++b) replicates[b] = a.replicates(b, c) / o.replicates(b, c);
  return interval(a.means[c] / o.means[c], std::move(replicates));
}

Interval Statistics::geometric_mean_ratio(const std::string& model, const std::string& other) const {
  std::vector<double> replicates(resamples_);
  for (std::size_t b = 0; b < resamples_; ++b)
    replicates[b] =
        geometric_mean(row_means(model, Measure::composite, b), row_means(other, Measure::composite, b));
  return interval(geometric_mean(row_means(model, Measure::composite), row_means(other, Measure::composite)),
                  std::move(replicates));
}

std::vector<double> Statistics::row_means(const std::string& model, Measure measure) const {
  const auto first = entry(model).means.begin() + static_cast<std::ptrdiff_t>(column(measure, 0));
  return {first, first + static_cast<std::ptrdiff_t>(rows_.size())};
}

std::vector<double> Statistics::row_means(const std::string& model, Measure measure,
                                          std::size_t resample) const {
  const double* first =
      entry(model).replicates.data() + resample * measures * rows_.size() + column(measure, 0);
  return {first, first + rows_.size()};
}

Statistics::Spread Statistics::spread(const std::string& model, const std::string& row) const {
  return entry(model).spread[row_number(row)];
}

Csv Statistics::csv() const {
  Csv table({"row", "model", "measure", "estimate", "low", "high"});
  for (const std::string& row : rows_)
    for (const std::string& model : models_)
      for (const Measure measure : all_measures) {
        const Interval i = of(model, row, measure);
        table.add({row, model, to_string(measure), i.estimate, i.low, i.high});
      }
  return table;
}

}  // namespace mend::cli
