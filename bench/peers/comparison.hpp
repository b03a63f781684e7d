#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "mend/files/csv.hpp"

// From what the programs printed to a table of medians and ratios.
namespace peers {

/// What one run of one program says of one job.
struct Sample {
  std::string job, peer;    ///< "task3_epoch", "torch".
  std::size_t threads = 1;  ///< Of the program.
  std::size_t round = 0;    ///< Samples of the same round ran one after the other.
  std::string blas;         ///< Whose products, and which kernels.
  double seconds = 0;       ///< The job once: the median of its repetitions, the first of several left out.
  std::map<std::size_t, double>
      losses;  ///< By epoch, for trainings; empty for a program that learns nothing.
};

/// Reads what a program printed: columns job, step, seconds, loss, blas, in which each job's steps follow one another.
/// \throws mend::Error when it is no such table, or holds no job
std::vector<Sample> read_samples(const std::string& printed, const std::string& peer, std::size_t threads,
                                 std::size_t round);

/// A line of the comparison.
struct Row {
  std::string job, peer;
  std::size_t threads = 1;
  std::string blas;
  double median_ms = 0, low_ms = 0, high_ms = 0;  ///< Over the rounds.
  double ratio =
      0;  ///< The median over rounds of this time / the reference's: 2 takes twice as long.
  double final_loss = 0;   ///< After the last epoch; NaN for none.
  std::size_t epochs = 0;  ///< Which one that was.
};

/// The middle number, or the mean of the two in the middle. \throws mend::Error for none
double median(std::vector<double> numbers);

/// A row for each job, peer and number of threads, in the order in which they come up. The ratio compares within rounds, so
/// that whatever slows the machine for a while slows both sides; it is NaN where no round has both.
std::vector<Row> compare(const std::vector<Sample>& samples, const std::string& reference);

/// Complaints about programs that did another job: whose loss after their last epoch is not within a relative
/// `tolerance` of the reference's after as many epochs, or is no number, or has no counterpart.
std::vector<std::string> loss_complaints(const std::vector<Sample>& samples, const std::string& reference,
                                         double tolerance);

/// The rows as a table for programs: job, peer, threads, blas, median_ms, low_ms, high_ms, ratio, final_loss, epochs.
mend::Csv to_csv(const std::vector<Row>& rows);
/// The rows as a table for people.
std::string to_text(const std::vector<Row>& rows, const std::string& reference);

}  // namespace peers
