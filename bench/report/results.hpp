#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "mend/files/csv.hpp"
#include "report/measurements.hpp"

namespace bench {

/// All that is known about speed: what mend_bench measured, and tables of other programs where they were run.
struct Results {
  Measurements ours;  ///< From speed.csv.
  std::optional<mend::CsvTable> peers = {}, scale = {},
                                compile_time = {};  ///< From speed_peers.csv and so on.
};

/// The tables of other programs: peers, scale, compile_time.
inline const std::vector<std::string> other_tables = {"peers", "scale", "compile_time"};

/// Reads speed.csv and those of the other tables that are there. \throws mend::Error when speed.csv is not
Results load_results(const std::filesystem::path& folder);

/// How others did the same job as mend. Times are in milliseconds; NaN for what was not measured.
class Peers {
 public:
  /// \param table  peers.csv: job, peer, threads, blas, median_ms, low_ms, high_ms, ratio, final_loss
  explicit Peers(const std::optional<mend::CsvTable>& table) : table_(table) {}
  /// The peer's time over mend's, pair by pair, in the best of its builds. \param threads  0 for any number
  double ratio(const std::string& job, const std::string& peer, int threads) const;
  /// The least median over its builds. \param threads  0 for any number
  double milliseconds(const std::string& job, const std::string& peer, int threads) const;

 private:
  double least(const std::string& column, const std::string& job, const std::string& peer, int threads) const;
  const std::optional<mend::CsvTable>& table_;
};

}  // namespace bench
