#include "report/table.hpp"

#include <cmath>

#include "report/format.hpp"

namespace bench {
namespace {

std::string cell(double number) { return std::isfinite(number) ? digits(number) : ""; }

// Half of what the slowest repetition took longer than the fastest, in percent of the median.
std::string spread(const Measurement& m) {
  return m.high > m.low ? "±" + digits(50 * (m.high - m.low) / m.seconds, 2) + " %" : "";
}

std::vector<std::string> row(const std::string& name, const Measurement& m) {
  return {name, time_text(m.seconds), spread(m), cell(m.gflops()), cell(m.gbytes()), cell(m.x_sgemm)};
}

std::string module_of(const Measurement& m) { return m.name.substr(0, m.name.find('/')); }

const std::vector<std::string> columns = {"time", "spread", "GFLOP/s", "GB/s", "x sgemm"};

std::vector<std::string> head(const std::string& first) {
  std::vector<std::string> all = {first};
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

}  // namespace

std::string measurement_table(const Measurements& measurements) {
  std::vector<std::vector<std::string>> rows;
  for (const Measurement& m : measurements.all()) rows.push_back(row(m.name, m));
  return plain_table(head("benchmark"), rows);
}

std::string measurement_pages(const Measurements& measurements) {
  std::string text, module;
  std::vector<std::vector<std::string>> rows;
  const auto finish = [&] {
    if (!rows.empty())
      text += "### " + module + " {#speed_all_" + module + "}\n\n" + markdown_table(head("benchmark"), rows);
    rows.clear();
  };
  for (const Measurement& m : measurements.all()) {
    if (module_of(m) != module) {
      finish();
      module = module_of(m);
    }
    const std::string rest = m.name.size() > module.size() ? m.name.substr(module.size() + 1) : m.name;
    rows.push_back(row("`" + rest + "`", m));
  }
  finish();
  return text;
}

}  // namespace bench
