#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/check.hpp"
#include "cli/claims/claims.hpp"
#include "cli/experiment/experiment.hpp"
#include "cli/run.hpp"
#include "mend/tensor/parallel.hpp"

namespace {

// One line on the error output that says what to do; CLI11's own help and --version go to the output.
int usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);
  std::cerr << "mend: " << error.what() << "; see mend --help\n";
  return 2;
}

// What the commands that train have in common.
void add_options(CLI::App& command, mend::cli::RunOptions& run, std::size_t& threads) {
  command.add_option(
      "--data", run.data,
      "mnist, fashion, strokes, or a folder with the four IDX files; else the first that is there");
  command.add_option("--out", run.out, "where everything is written")->capture_default_str();
  command.add_option("--seed", run.seed, "of all random streams")->capture_default_str();
  command.add_option("--threads", threads, "of the matrix products; the result does not depend on it")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command.add_flag("--quick", run.quick, "few images and epochs: shows that all works, in seconds");
  command.add_flag("--quiet", run.quiet, "no progress bar");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("mend: neural networks from scratch that restore damaged digits", "mend");
  app.require_subcommand(1);

  mend::cli::RunOptions run;
  std::size_t threads = mend::threads();
  CLI::App* run_command = app.add_subcommand(
      "run", "Tasks 1 to 3 of the assignment: trains both networks, writes figures, tables and report.html");
  CLI::App* experiment_command =
      app.add_subcommand("experiment",
                         "who restores best: baselines and networks, five trainings, frozen masks, "
                         "intervals; goes on where it stopped");
  CLI::App* claims_command = app.add_subcommand(
      "claims", "the experiment, further trainings, and a verdict on each of the assignment's 32 statements");
  for (CLI::App* command : {run_command, experiment_command, claims_command})
    add_options(*command, run, threads);
  mend::cli::CheckCommand check;
  CLI::App* check_command = app.add_subcommand(
      "check", "the gradients of every layer and loss, against the complex step and the central difference");
  check_command->add_option("name", check.names, "which layers and losses, such as Dense or huber; else all");
  check_command->add_option("--seed", check.seed, "draws inputs, parameters and upstream gradients")
      ->capture_default_str();
  check_command->add_option("--seeds", check.seeds, "how many seeds; the worst errors are shown")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error);
  }
  try {
    if (check_command->parsed()) return mend::cli::check(check, std::cout) ? 0 : 1;
    mend::set_threads(threads);
    if (run_command->parsed()) mend::cli::run(run);
    if (experiment_command->parsed()) mend::cli::run_experiment(run);
    if (claims_command->parsed()) mend::cli::run_claims(mend::cli::run_experiment(run), run);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "mend: " << error.what() << "\n";
    return 1;
  }
}
