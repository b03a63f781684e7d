#include "report/results.hpp"

#include <cmath>

namespace bench {

Results load_results(const std::filesystem::path& folder) {
  Results results{Measurements::from_csv(mend::load_csv(folder / "speed.csv"))};
  const auto load = [&](const std::string& name, std::optional<mend::CsvTable>& table) {
    const std::filesystem::path path = folder / ("speed_" + name + ".csv");
    if (std::filesystem::exists(path)) table = mend::load_csv(path);
  };
  load("peers", results.peers);
  load("scale", results.scale);
  load("compile_time", results.compile_time);
  return results;
}

double Peers::ratio(const std::string& job, const std::string& peer, int threads) const {
  return least("ratio", job, peer, threads);
}

double Peers::milliseconds(const std::string& job, const std::string& peer, int threads) const {
  return least("median_ms", job, peer, threads);
}

double Peers::least(const std::string& column, const std::string& job, const std::string& peer,
                    int threads) const {
  double best = std::nan("");
  if (!table_) return best;
  for (std::size_t i = 0; i < table_->rows(); ++i) {
    if (table_->cell(i, "job") != job || table_->cell(i, "peer") != peer) continue;
    if (threads > 0 && table_->number(i, "threads") != threads) continue;
    best = std::fmin(best, table_->number(i, column));  // of a number and NaN the number
  }
  return best;
}

}  // namespace bench
