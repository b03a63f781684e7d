#pragma once

#include <string>
#include <vector>

#include "mend/figures/chart.hpp"
#include "report/measurements.hpp"

namespace bench {

/// The limits of one core, as mend_bench measured them: 10^9 operations or bytes a second. NaN where it did not.
struct Machine {
  double peak = 0;                          ///< Multiply-adds in registers, of the widest that there are.
  double l1 = 0, l2 = 0, l3 = 0, dram = 0;  ///< Reading what lies in a cache, or in none.
  /// The roof over a job with so many operations for each byte of this memory.
  double roof(double bandwidth, double intensity) const;
};

/// \param threads  1 or 2
Machine machine(const Measurements& measurements, int threads = 1);

/// A kind of jobs in the figure.
struct JobKind {
  std::string name;               ///< In the legend.
  std::vector<Measurement> jobs;  ///< Those with operations and bytes, on one thread.
};
/// Products, layers with and without them, losses, optimizers and training steps.
std::vector<JobKind> job_kinds(const Measurements& measurements);

/// Performance against intensity, both logarithmic, under the roofs of one core.
mend::Chart roofline(const Measurements& measurements);
/// What the figure shows, in words with its numbers.
std::string roofline_finding(const Measurements& measurements);

}  // namespace bench
