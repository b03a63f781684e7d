#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mend/files/csv.hpp"

namespace bench {

/// What mend_bench found out about one job. What was not measured is NaN.
struct Measurement {
  std::string name;             ///< A path: "layers/relu/forward".
  double seconds = 0;           ///< Of one call: the median over repetitions.
  double low = 0, high = 0;     ///< The fastest and the slowest repetition.
  double flop_per_second = 0;   ///< Of the median, as all that follows.
  double bytes_per_second = 0;  ///< What has to be read and written.
  double x_sgemm = 0;           ///< How many times as long as its products alone.
  double value = 0;             ///< What a benchmark counts that is about something else than time.

  double gflops() const { return flop_per_second / 1e9; }                  ///< Operations in a nanosecond.
  double gbytes() const { return bytes_per_second / 1e9; }                 ///< Bytes in a nanosecond.
  double intensity() const { return flop_per_second / bytes_per_second; }  ///< Operations for each byte.
};

/// All that a run of mend_bench found, in its order.
class Measurements {
 public:
  /// From Google Benchmark's JSON. Numbers keep four digits: others change from run to run.
  /// \throws mend::Error when it is no such text, a benchmark failed, or there is none
  static Measurements from_json(std::string_view json);
  /// From what csv() wrote. \throws mend::Error when a column is missing
  static Measurements from_csv(const mend::CsvTable& table);
  /// A line a measurement; what is known of the machine are lines whose name begins with "about/".
  mend::Csv csv() const;

  const std::vector<Measurement>& all() const { return all_; }  ///< In order.
  /// One of them, with NaN in all places when there is no such name.
  Measurement of(const std::string& name) const;
  /// Those whose name begins so.
  std::vector<Measurement> starting(std::string_view prefix) const;
  /// "processor", "blas", "blas_kernels", "own_kernels", "num_cpus", "date"; "unknown" when nothing was said.
  std::string about(const std::string& what) const;

 private:
  std::vector<Measurement> all_;
  std::map<std::string, std::string> about_;
};

}  // namespace bench
