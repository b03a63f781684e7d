#include "peers/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <tuple>

#include "mend/tensor/error.hpp"

namespace peers {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool same_line(const Sample& a, const Sample& b) {
  return a.job == b.job && a.peer == b.peer && a.threads == b.threads;
}

// The reference's run of the same job that stands beside this one, or null.
const Sample* beside(const Sample& sample, const std::vector<Sample>& samples, const std::string& reference) {
  for (const Sample& other : samples)
    if (other.peer == reference && other.job == sample.job && other.threads == sample.threads &&
        other.round == sample.round)
      return &other;
  return nullptr;
}

Row summarise(const std::vector<Sample>& line, const std::vector<Sample>& samples,
              const std::string& reference) {
  Row row;
  row.job = line.front().job;
  row.peer = line.front().peer;
  row.threads = line.front().threads;
  row.blas = line.front().blas;
  std::vector<double> times, ratios;
  for (const Sample& sample : line) {
    times.push_back(1000 * sample.seconds);
    if (const Sample* other = beside(sample, samples, reference))
      ratios.push_back(sample.seconds / other->seconds);
  }
  const auto [low, high] = std::minmax_element(times.begin(), times.end());
  row.low_ms = *low;
  row.high_ms = *high;
  row.median_ms = median(times);
  row.ratio = ratios.empty() ? nan : median(ratios);
  row.final_loss = nan;
  if (!line.front().losses.empty()) std::tie(row.epochs, row.final_loss) = *line.front().losses.rbegin();
  return row;
}

std::string digits(const char* format, double number) {
  if (!std::isfinite(number)) return "";
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

}  // namespace

std::vector<Sample> read_samples(const std::string& printed, const std::string& peer, std::size_t threads,
                                 std::size_t round) {
  const mend::CsvTable table(printed, "what " + peer + " printed");
  if (table.rows() == 0)
    throw mend::Error("what " + peer + " printed: expected at least one job, found none");
  std::vector<Sample> samples;
  for (std::size_t first = 0, last; first < table.rows(); first = last) {
    Sample sample;
    sample.job = table.cell(first, "job");
    sample.peer = peer;
    sample.threads = threads;
    sample.round = round;
    sample.blas = table.cell(first, "blas");
    std::vector<double> seconds;
    for (last = first; last < table.rows() && table.cell(last, "job") == sample.job; ++last) {
      seconds.push_back(table.number(last, "seconds"));
      if (!table.cell(last, "loss").empty())
        sample.losses[static_cast<std::size_t>(table.number(last, "step"))] = table.number(last, "loss");
    }
    if (seconds.size() > 1) seconds.erase(seconds.begin());  // met cold memory
    sample.seconds = median(seconds);
    samples.push_back(sample);
  }
  return samples;
}

double median(std::vector<double> numbers) {
  if (numbers.empty()) throw mend::Error("median: expected at least one number, found none");
  std::sort(numbers.begin(), numbers.end());
  const std::size_t half = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
}

std::vector<Row> compare(const std::vector<Sample>& samples, const std::string& reference) {
  std::vector<std::vector<Sample>> lines;
  for (const Sample& sample : samples) {
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const auto& other) { return same_line(other.front(), sample); });
    if (line == lines.end())
      lines.push_back({sample});
    else
      line->push_back(sample);
  }
  std::vector<Row> rows;
  for (const auto& line : lines) rows.push_back(summarise(line, samples, reference));
  return rows;
}

std::vector<std::string> loss_complaints(const std::vector<Sample>& samples, const std::string& reference,
                                         double tolerance) {
  std::vector<std::string> complaints;
  for (const Sample& sample : samples) {
    if (sample.losses.empty()) continue;
    const auto [epoch, loss] = *sample.losses.rbegin();
    const std::string who = sample.peer + ", " + sample.job + ", threads " + std::to_string(sample.threads) +
                            ", round " + std::to_string(sample.round) + ": the loss after epoch " +
                            std::to_string(epoch) + " is " + std::to_string(loss);
    const Sample* other = beside(sample, samples, reference);
    if (!other || !other->losses.contains(epoch)) {
      complaints.push_back(who + ", but " + reference +
                           " has none to compare it with; give it as many epochs");
      continue;
    }
    const double expected = other->losses.at(epoch);
    if (!(std::abs(loss - expected) <=
          tolerance * std::abs(expected)))  // what is not finite is a complaint, too
      complaints.push_back(who + ", but that of " + reference + " is " + std::to_string(expected) +
                           ": more than " + digits("%g", 100 * tolerance) +
                           " % apart, so it did another job");
  }
  return complaints;
}

mend::Csv to_csv(const std::vector<Row>& rows) {
  mend::Csv csv(
      {"job", "peer", "threads", "blas", "median_ms", "low_ms", "high_ms", "ratio", "final_loss", "epochs"});
  for (const Row& row : rows)
    csv.add({row.job, row.peer, row.threads, row.blas, row.median_ms, row.low_ms, row.high_ms, row.ratio,
             row.final_loss, row.epochs});
  return csv;
}

std::string to_text(const std::vector<Row>& rows, const std::string& reference) {
  char line[256];
  std::snprintf(line, sizeof line, "%-24s %-13s %7s %10s %10s %10s  %7s  %-9s %s\n", "job", "program",
                "threads", "median ms", "low", "high", ("x " + reference).c_str(), "loss", "products by");
  std::string text = line;
  for (const Row& row : rows) {
    std::snprintf(line, sizeof line, "%-24s %-13s %7zu %10.3f %10.3f %10.3f  %7s  %-9s %s\n", row.job.c_str(),
                  row.peer.c_str(), row.threads, row.median_ms, row.low_ms, row.high_ms,
                  digits("%.2f", row.ratio).c_str(), digits("%.6f", row.final_loss).c_str(),
                  row.blas.c_str());
    text += line;
  }
  return text;
}

}  // namespace peers
