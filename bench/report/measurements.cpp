#include "report/measurements.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "mend/tensor/error.hpp"
#include "report/format.hpp"

namespace bench {
namespace {

using Json = nlohmann::json;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kept_digits = 4;

// Google Benchmark says in a name how time was taken; a reader of a table does not ask.
std::string plain_name(std::string name) {
  for (const char* how : {"/real_time", "/manual_time", "/iterations:1"})
    if (const std::size_t at = name.find(how); at != std::string::npos)
      name.erase(at, std::string(how).size());
  return name;
}

// Google Benchmark writes NaN and Infinity, which JSON does not have, where it divides by zero for a mean or a spread.
std::string without_nan(std::string text) {
  for (const std::string bad : {": -NaN", ": NaN", ": -Infinity", ": Infinity"})
    for (std::size_t at = 0; (at = text.find(bad, at)) != std::string::npos;)
      text.replace(at, bad.size(), ": null");
  return text;
}

double seconds(const Json& run) {
  const std::string unit = run.at("time_unit");
  const double factor = unit == "ns" ? 1e-9 : unit == "us" ? 1e-6 : unit == "ms" ? 1e-3 : 1;
  return factor * run.at("real_time").get<double>();
}

// The middle of the repetitions; of two the lower one.
double median(std::vector<double> values) {
  if (values.empty()) return nothing;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

double median_of(const std::vector<const Json*>& runs, const char* counter) {
  std::vector<double> values;
  for (const Json* run : runs)
    if (run->contains(counter) && run->at(counter).is_number()) values.push_back(run->at(counter));
  return rounded(median(std::move(values)), kept_digits);
}

Measurement measurement(const std::string& name, const std::vector<const Json*>& runs) {
  std::vector<double> times;
  for (const Json* run : runs) times.push_back(rounded(seconds(*run), kept_digits));
  Measurement m{name,
                median(times),
                *std::min_element(times.begin(), times.end()),
                *std::max_element(times.begin(), times.end()),
                median_of(runs, "flop_per_second"),
                median_of(runs, "bytes_per_second"),
                median_of(runs, "x_sgemm"),
                nothing};
  for (const char* other : {"same_bits", "fresh_blocks", "denormals"})
    if (const double value = median_of(runs, other); value == value) m.value = value;
  return m;
}

}  // namespace

Measurements Measurements::from_json(std::string_view text) try {
  const Json json = Json::parse(without_nan(std::string(text)));
  Measurements result;
  for (const auto& [key, value] : json.at("context").items())
    if (value.is_string())
      result.about_[key] = value;
    else if (value.is_number_integer())
      result.about_[key] = std::to_string(value.get<long long>());
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Json*>> runs;
  for (const Json& run : json.at("benchmarks")) {
    if (run.value("run_type", "iteration") != "iteration") continue;  // means and the like: we take our own
    const std::string name = plain_name(run.at("run_name"));
    if (run.value("error_occurred", false))
      throw mend::Error("benchmark " + name + " failed: " + run.value("error_message", "no message"));
    if (runs[name].empty()) order.push_back(name);
    runs[name].push_back(&run);
  }
  for (const std::string& name : order) result.all_.push_back(measurement(name, runs[name]));
  // Repetitions come in random order; a table does not.
  std::stable_sort(result.all_.begin(), result.all_.end(),
                   [](const Measurement& a, const Measurement& b) { return a.name < b.name; });
  if (result.all_.empty())
    throw mend::Error(
        "the results hold no benchmark; does the filter match one? mend_bench --benchmark_list_tests");
  return result;
} catch (const Json::exception& error) {
  throw mend::Error(std::string("expected the JSON that mend_bench --benchmark_out writes: ") + error.what());
}

Measurements Measurements::from_csv(const mend::CsvTable& table) {
  Measurements result;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const std::string& name = table.cell(i, "name");
    if (name.starts_with("about/")) {
      result.about_[name.substr(6)] = table.cell(i, "text");
      continue;
    }
    result.all_.push_back({name, table.number(i, "seconds"), table.number(i, "low"), table.number(i, "high"),
                           table.number(i, "flop_per_second"), table.number(i, "bytes_per_second"),
                           table.number(i, "x_sgemm"), table.number(i, "value")});
  }
  return result;
}

mend::Csv Measurements::csv() const {
  mend::Csv csv(
      {"name", "seconds", "low", "high", "flop_per_second", "bytes_per_second", "x_sgemm", "value", "text"});
  for (const char* key : {"processor", "num_cpus", "blas", "blas_kernels", "own_kernels", "date"})
    if (about_.contains(key))
      csv.add({std::string("about/") + key, "", "", "", "", "", "", "", about_.at(key)});
  for (const Measurement& m : all_)
    csv.add(
        {m.name, m.seconds, m.low, m.high, m.flop_per_second, m.bytes_per_second, m.x_sgemm, m.value, ""});
  return csv;
}

Measurement Measurements::of(const std::string& name) const {
  for (const Measurement& m : all_)
    if (m.name == name) return m;
  return {name, nothing, nothing, nothing, nothing, nothing, nothing, nothing};
}

std::vector<Measurement> Measurements::starting(std::string_view prefix) const {
  std::vector<Measurement> found;
  std::copy_if(all_.begin(), all_.end(), std::back_inserter(found),
               [&](const Measurement& m) { return m.name.starts_with(prefix); });
  return found;
}

std::string Measurements::about(const std::string& what) const {
  const auto found = about_.find(what);
  return found == about_.end() ? "unknown" : found->second;
}

}  // namespace bench
