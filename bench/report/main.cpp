#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "mend/files/atomic_file.hpp"
#include "mend/tensor/error.hpp"
#include "report/format.hpp"
#include "report/goals.hpp"
#include "report/page.hpp"
#include "report/table.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: mend_bench_report RESULTS.json        prints the table\n"
    "       mend_bench_report RESULTS.json DOCS   and makes the results those of DOCS/speed.md, with "
    "peers.csv,\n"
    "                                             scale.csv and compile_time.csv where they lie beside "
    "RESULTS.json\n"
    "       mend_bench_report --page DOCS         writes DOCS/speed.md from DOCS/results/speed*.csv\n";

void print_goals(const bench::Results& results) {
  std::vector<std::vector<std::string>> rows;
  for (const bench::Goal& goal : bench::goals(results))
    if (goal.known()) rows.push_back({goal.job, goal.goal(), goal.found(), goal.met() ? "met" : "missed"});
  if (!rows.empty()) std::cout << '\n' << bench::plain_table({"goal", "", "measured", ""}, rows);
}

void publish(const bench::Measurements& measurements, const fs::path& beside, const fs::path& docs) {
  const fs::path results = docs / "results";
  fs::create_directories(results);
  measurements.csv().save(results / "speed.csv");
  for (const std::string& name : bench::other_tables)
    if (fs::exists(beside / (name + ".csv")))
      mend::write_file(results / ("speed_" + name + ".csv"), mend::read_file(beside / (name + ".csv")));
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments.size() > 2 || arguments[0] == "--help") {
    (arguments.size() == 1 ? std::cout : std::cerr) << usage;
    return arguments.size() == 1 ? 0 : 2;
  }
  if (arguments[0] == "--page") {
    if (arguments.size() != 2) return std::cerr << usage, 2;
    bench::write_speed_page(arguments[1]);
    return 0;
  }
  const fs::path json = arguments[0];
  const auto measurements = bench::Measurements::from_json(mend::read_file(json));
  std::cout << bench::measurement_table(measurements);
  if (arguments.size() == 1) return 0;
  const fs::path docs = arguments[1];
  publish(measurements, json.parent_path(), docs);
  bench::write_speed_page(docs);
  print_goals(bench::load_results(docs / "results"));
} catch (const mend::Error& error) {
  std::cerr << "mend_bench_report: " << error.what() << '\n';
  return 1;
}
