// Runs the programs of this folder in turn, round after round, and compares what they print.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>

#include "child.hpp"
#include "cli/output_folder.hpp"
#include "cli/text.hpp"
#include "peers/comparison.hpp"

namespace {

using Words = std::vector<std::string>;

constexpr const char* reference = "mend";

struct Options {
  std::string out = "outputs/bench", data, kernels;
  std::size_t rounds = 7, images = 0, fresh_rounds = 3, fresh_epochs = 50;
  double tolerance = 0.02;
  bool quick = false;
};

// A program that takes part.
struct Program {
  std::string peer, file;
  bench::Environment environment;
  Words arguments;  // beside those that all have
};

// One way to run libtorch: which OpenBLAS, with how many threads.
struct TorchWay {
  std::string name;
  bench::Environment environment;
  Words arguments;
};

class Comparison {
 public:
  explicit Comparison(const Options& options)
      : options_(options), environment_(bench::without_openblas_settings()) {
    if (!options.kernels.empty()) environment_["OPENBLAS_CORETYPE"] = options.kernels;
    environment_["MEND_KERNELS"] = {};
    common_ = {"--images", std::to_string(options.images)};
    if (!options.data.empty()) common_.insert(common_.end(), {"--data", options.data});
  }

  void measure() {
    std::vector<std::vector<Program>> programs;  // by threads
    for (const std::size_t threads : {1u, 2u}) programs.push_back(programs_with(threads));
    for (std::size_t round = 1; round <= options_.rounds; ++round)
      for (const std::size_t threads : {1u, 2u}) {
        std::cerr << "round " << round << " of " << options_.rounds << ", " << threads
                  << (threads == 1 ? " thread" : " threads") << '\n';
        for (const Program& program : programs[threads - 1]) add(program, threads, round);
        if (round == 1 && threads == 1 && is_there("tiny-dnn")) add(tiny_dnn(), threads, round);
      }
    for (std::size_t round = 1; round <= options_.fresh_rounds; ++round)
      for (const std::size_t threads : {1u, 2u}) train_from_start(threads, round);
  }

  const std::vector<peers::Sample>& samples() const { return samples_; }

 private:
  bool is_there(const std::string& peer) const {
    return std::filesystem::exists(bench::own_folder() + "/peer_" + peer);
  }

  bench::Outcome start(const Program& program, std::size_t threads, const Words& arguments) const {
    Words command = {bench::own_folder() + "/peer_" + program.file, "--threads", std::to_string(threads)};
    for (const Words& more : {common_, program.arguments, arguments})
      command.insert(command.end(), more.begin(), more.end());
    bench::Environment environment = environment_;
    for (const auto& [name, value] : program.environment) environment[name] = value;
    return bench::run(command, environment);
  }

  void add(const Program& program, std::size_t threads, std::size_t round) {
    const std::string printed = start(program, threads, {}).output;
    for (peers::Sample& sample : peers::read_samples(printed, program.peer, threads, round))
      samples_.push_back(std::move(sample));
  }

  std::vector<Program> programs_with(std::size_t threads) const {
    const Words work = {"--task3-epochs", options_.quick ? "3" : "4", "--task2-epochs",
                        options_.quick ? "3" : "6"};
    std::vector<Program> programs = {{reference, "mend", {}, work},
                                     {"mend-openblas", "mend", {{"MEND_KERNELS", "openblas"}}, work},
                                     {"sgemm", "sgemm", {}, work}};
    if (is_there("torch")) {
      const TorchWay way = best_torch(threads);
      programs.push_back({"torch", "torch", way.environment, work});
      programs.back().arguments.insert(programs.back().arguments.end(), way.arguments.begin(),
                                       way.arguments.end());
    }
    if (is_there("dlib")) programs.push_back({"dlib", "dlib", {}, work});
    for (const char* peer : {"torch", "dlib", "tiny-dnn"})
      if (threads == 1 && !is_there(peer)) std::cerr << peer << " is not there: its package was missing\n";
    return programs;
  }

  // One epoch on one thread, for it takes dozens of times as long as the others.
  static Program tiny_dnn() {
    return {"tiny-dnn", "tiny-dnn", {}, {"--task3-epochs", "1", "--task2-epochs", "1", "--repeats", "1"}};
  }

  // Which OpenBLAS suits libtorch best, by a few epochs of Task 3.
  TorchWay best_torch(std::size_t threads) const {
    std::vector<TorchWay> ways = {{"OpenBLAS pthread", {}, {}}};
    if (threads > 1) ways.push_back({"OpenBLAS pthread on one thread", {}, {"--blas-threads", "1"}});
    if (std::filesystem::exists(OPENBLAS_OPENMP))
      ways.push_back({"OpenBLAS openmp", {{"LD_LIBRARY_PATH", OPENBLAS_OPENMP}}, {}});
    else if (threads == 1)
      std::cerr << "no libopenblas0-openmp: torch makes do with the OpenBLAS that is there\n";
    std::size_t best = 0;
    double best_seconds = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const Program torch{"torch", "torch", ways[i].environment, ways[i].arguments};
      const std::string printed =
          start(torch, threads, {"--task3-epochs", "3", "--task2-epochs", "0", "--repeats", "1"}).output;
      const double seconds = peers::read_samples(printed, "torch", threads, 0).front().seconds;
      std::cerr << "torch, threads: " << threads << ", " << ways[i].name << ": "
                << mend::cli::fixed(1000 * seconds, 1) << " ms per epoch\n";
      if (seconds < best_seconds) {
        best = i;
        best_seconds = seconds;
      }
    }
    return ways[best];
  }

  // A process of its own, from its start to the trained network.
  void train_from_start(std::size_t threads, std::size_t round) {
    const Program mend{reference, "mend", {}, {}};
    const bench::Outcome outcome =
        start(mend, threads, {"--train-only", "--task3-epochs", std::to_string(options_.fresh_epochs)});
    peers::Sample sample = peers::read_samples(outcome.output, reference, threads, round).front();
    sample.job = "task3_training_" + std::to_string(options_.fresh_epochs) + "_epochs";
    sample.seconds = outcome.seconds;
    samples_.push_back(std::move(sample));
  }

  const Options& options_;
  bench::Environment environment_;
  Words common_;
  std::vector<peers::Sample> samples_;
};

int compare(const Options& options) {
  mend::cli::make_output_folder(options.out);
  Comparison comparison(options);
  comparison.measure();
  std::vector<peers::Row> rows = peers::compare(comparison.samples(), reference);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::pair(a.job, a.threads) < std::pair(b.job, b.threads);
  });
  std::cout << peers::to_text(rows, reference);
  const auto complaints = peers::loss_complaints(comparison.samples(), reference, options.tolerance);
  for (const std::string& complaint : complaints) std::cerr << "compare_peers: " << complaint << '\n';
  if (!complaints.empty()) return 1;  // and no file: who did another job has no time to show
  std::cout << "all programs reached the same losses, to within " << 100 * options.tolerance << " %\n";
  const std::filesystem::path file = std::filesystem::path(options.out) / "peers.csv";
  peers::to_csv(rows).save(file);
  std::cout << "written: " << file.string() << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Compares mend with other libraries on the assignment's jobs, one and two threads, in alternating "
      "rounds.");
  auto* out = app.add_option("--out", options.out, "folder for peers.csv")->capture_default_str();
  app.add_option("--data", options.data, "data set or folder, as for `mend run`");
  app.add_option("--rounds", options.rounds, "how often each program runs")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--tolerance", options.tolerance, "how far losses may lie apart, relatively")
      ->capture_default_str();
  app.add_option("--openblas-kernels", options.kernels,
                 "$OPENBLAS_CORETYPE for all programs; else OpenBLAS decides");
  app.add_flag("--quick", options.quick, "one tenth of the images, two rounds: to see that it works");
  CLI11_PARSE(app, argc, argv);
  if (options.quick) {
    if (!*out) options.out = "outputs/bench_quick";  // never in place of what was measured in earnest
    options.images = 1280;
    options.rounds = std::min<std::size_t>(options.rounds, 2);
    options.fresh_rounds = 1;
  }
  try {
    return compare(options);
  } catch (const std::exception& error) {
    std::cerr << "compare_peers: " << error.what() << '\n';
    return 1;
  }
}
