#include "report/roofline.hpp"

#include <algorithm>
#include <cmath>

#include "mend/tensor/error.hpp"
#include "report/format.hpp"

namespace bench {
namespace {

bool has_more_threads(const std::string& name) {
  const std::size_t at = name.rfind("/threads:");
  return at != std::string::npos && name.substr(at) != "/threads:1";
}

// The least and the greatest of what is finite.
struct Span {
  double low = INFINITY, high = -INFINITY;
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Span performance(const JobKind& kind) {
  Span span;
  for (const Measurement& m : kind.jobs) span.include(m.gflops());
  return span;
}

std::string rates(const Span& span) {
  return span.low < span.high ? digits(span.low) + " to " + digits(span.high) : digits(span.low);
}

}  // namespace

double Machine::roof(double bandwidth, double intensity) const {
  return std::min(peak, bandwidth * intensity);
}

Machine machine(const Measurements& measurements, int threads) {
  const std::string suffix = "/threads:" + std::to_string(threads);
  // A limit is what was reached at best: whatever else ran can only have made it less.
  const auto at_best = [](const Measurement& m) { return m.seconds / m.low; };
  const auto read = [&](const std::string& level) {
    const Measurement m = measurements.of("machine/read/" + level + suffix);
    return m.gbytes() * at_best(m);
  };
  Machine m{std::nan(""), read("L1"), read("L2"), read("L3"), read("DRAM")};
  for (const Measurement& fma : measurements.starting("machine/fma/"))
    if (fma.name.ends_with(suffix)) m.peak = std::fmax(m.peak, fma.gflops() * at_best(fma));
  return m;
}

std::vector<JobKind> job_kinds(const Measurements& measurements) {
  std::vector<JobKind> kinds = {{"products", {}}, {"dense layers", {}}, {"other layers", {}},
                                {"losses", {}},   {"optimizers", {}},   {"training steps", {}}};
  const auto kind_of = [](const Measurement& m) -> std::size_t {
    const auto begins = [&](const char* prefix) { return m.name.starts_with(prefix); };
    if (begins("tensor/matmul") || begins("tensor/add_matmul")) return 0;
    if (begins("layers/")) return std::isfinite(m.x_sgemm) ? 1 : 2;
    return begins("losses/") ? 3 : begins("optimizers/") ? 4 : begins("training/ten_steps/") ? 5 : 6;
  };
  for (const Measurement& m : measurements.all())
    if (std::isfinite(m.intensity()) && m.intensity() > 0 && !has_more_threads(m.name) &&
        kind_of(m) < kinds.size())
      kinds[kind_of(m)].jobs.push_back(m);
  std::erase_if(kinds, [](const JobKind& kind) { return kind.jobs.empty(); });
  return kinds;
}

mend::Chart roofline(const Measurements& measurements) {
  const Machine m = machine(measurements);
  const std::vector<JobKind> kinds = job_kinds(measurements);
  Span intensity;
  for (const JobKind& kind : kinds)
    for (const Measurement& job : kind.jobs) intensity.include(job.intensity());
  if (kinds.empty())
    throw mend::Error("roofline: nothing has operations and bytes; run mend_bench without a filter");

  mend::Chart chart;
  chart.title = "One core: operations a second under the roofs of its memory";
  chart.x_label = "operations for each byte that must be moved";
  chart.y_label = "GFLOP/s";
  chart.log_x = chart.log_y = true;
  const double left = intensity.low / 1.5, right = intensity.high * 1.5;
  const auto add_roof = [&](const std::string& name, double bandwidth) {
    if (!std::isfinite(bandwidth) || !std::isfinite(m.peak)) return;
    mend::Series roof{name + ", " + digits(bandwidth) + " GB/s"};
    for (const double x : {left, std::clamp(m.peak / bandwidth, left, right), right}) {
      roof.x.push_back(x);
      roof.y.push_back(m.roof(bandwidth, x));
    }
    chart.series.push_back(std::move(roof));
  };
  add_roof("L2", m.l2);
  add_roof("L3", m.l3);
  add_roof("DRAM", m.dram);
  for (const JobKind& kind : kinds) {
    mend::Series points{kind.name};
    points.mark = mend::Mark::points;
    for (const Measurement& job : kind.jobs) {
      points.x.push_back(job.intensity());
      points.y.push_back(job.gflops());
    }
    chart.series.push_back(std::move(points));
  }
  return chart;
}

std::string roofline_finding(const Measurements& measurements) {
  std::string text =
      "Operations a second against operations for each byte, both axes logarithmic, of one core with a peak "
      "of " +
      digits(machine(measurements).peak) + " GFLOP/s. ";
  for (const JobKind& kind : job_kinds(measurements)) {
    Span intensity;
    for (const Measurement& job : kind.jobs) intensity.include(job.intensity());
    text += "The " + kind.name + " lie at " + rates(intensity) + " operations a byte and reach " +
            rates(performance(kind)) + " GFLOP/s. ";
  }
  return text + "To the left memory is the roof, to the right arithmetic.";
}

}  // namespace bench
