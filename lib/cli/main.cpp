#include <signal.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <new>

#include "cli/check.hpp"
#include "cli/claims/claims.hpp"
#include "cli/completion.hpp"
#include "cli/evaluate.hpp"
#include "cli/experiment/experiment.hpp"
#include "cli/info.hpp"
#include "cli/restore.hpp"
#include "cli/run.hpp"
#include "cli/train.hpp"
#include "mend/tensor/parallel.hpp"

namespace {

// The exit code: what was printed has to arrive.
int flush_output() {
  if (std::cout.flush()) return 0;
  std::cerr << "mend: cannot write to the standard output: is the disk full?\n";
  return 1;
}

// One line on the error output that says what to do; CLI11's own help and --version go to the output.
int usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    app.exit(error);
    return flush_output();
  }
  std::cerr << "mend: " << error.what() << "; see mend --help\n";
  return 2;
}

void add_data(CLI::App& command, std::string& data) {
  command.add_option(
      "--data", data,
      "mnist, fashion, strokes, or a folder with the four IDX files; else the first that is there");
}

void add_seed(CLI::App& command, std::uint64_t& seed, const char* meaning = "of all random streams") {
  const auto whole_number = [](const std::string& text) -> std::string {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && rest == end
               ? ""
               : "expected a whole number of 0 to 2^64 - 1, found '" + text + "'";
  };
  command.add_option("--seed", seed, meaning)
      ->check(CLI::Validator(whole_number, "", "whole number"))
      ->capture_default_str();
}

void add_threads(CLI::App& command, std::size_t& threads) {
  command.add_option("--threads", threads, "of the matrix products; the result does not depend on it")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

void add_model(CLI::App& command, std::filesystem::path& model) {
  command.add_option("--model", model, "a checkpoint of mend train or mend run")->capture_default_str();
}

// What the commands that train several networks have in common.
void add_run(CLI::App& command, mend::cli::RunOptions& run, std::size_t& threads) {
  add_data(command, run.data);
  command.add_option("--out", run.out, "where everything is written")->capture_default_str();
  add_seed(command, run.seed);
  add_threads(command, threads);
  command.add_flag("--quick", run.quick, "few images and epochs: shows that all works, in seconds");
  command.add_flag("--quiet", run.quiet, "no progress bar");
}

void add_train(CLI::App& command, mend::cli::TrainCommand& train, std::size_t& threads) {
  add_data(command, train.data);
  command.add_option("--epochs", train.epochs, "over all training images, those before --resume included")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  add_seed(command, train.seed);
  add_threads(command, threads);
  command.add_option("--out", train.out, "the checkpoint, written after every epoch")->capture_default_str();
  command.add_flag(
      "--resume", train.resume,
      "go on from the checkpoint, to the same bytes as without the interruption; begin where there is none");
  command.add_flag("--quick", train.quick, "few images");
  command.add_flag("--quiet", train.quiet, "no progress bar");
  command.footer(
      "examples:\n"
      "  mend train                                  fives and sevens of the first data set that is there\n"
      "  mend train --data strokes --epochs 10 --out strokes.safetensors\n"
      "  mend train --resume                         after Ctrl-C (exit code 130) or a power failure\n"
      "  mend train --resume --epochs 100            more epochs for a network that is trained");
}

void add_restore(CLI::App& command, mend::cli::RestoreCommand& restore) {
  command
      .add_option("picture", restore.pictures, "PNG files of any size, each with one digit, all of one size")
      ->required();
  command.add_option("--mask", restore.mask, "a PNG of the pictures' size: white = hole, black = known")
      ->required();
  command.add_option("-o,--out", restore.out, "a PNG file; a folder for several pictures")->required();
  add_model(command, restore.model);
  command.add_flag(
      "--as-is", restore.as_is,
      "the pictures are 28 x 28, light on dark: no inversion, no fitting into 20 x 20, no centring");
  command.add_flag("--raw", restore.raw,
                   "write what the network says of the known pixels too, instead of keeping them");
  command.footer(
      "A result is 28 x 28 pixels, the digit fitted into 20 x 20 and centred as in MNIST, dark on light "
      "when\n"
      "the picture was.\n"
      "examples:\n"
      "  mend restore seven.png --mask hole.png -o restored.png\n"
      "  mend restore scans/*.png --mask hole.png -o restored/\n"
      "  mend restore digit28.png --mask hole28.png --as-is --raw -o raw.png");
}

void add_evaluate(CLI::App& command, mend::cli::EvaluateCommand& evaluate, std::size_t& threads) {
  add_model(command, evaluate.model);
  add_data(command, evaluate.data);
  add_threads(command, threads);
  command.add_flag("--quick", evaluate.quick, "few images, one draw of masks");
  command.add_flag("--json", evaluate.json, "for scripts");
  command.footer(
      "examples:\n"
      "  mend evaluate\n"
      "  mend evaluate --model strokes.safetensors --data strokes --json | jq '.rows[].network.hole'");
}

// Every verb with its options, for the shell.
std::map<std::string, std::vector<std::string>> verbs_of(const CLI::App& app) {
  std::map<std::string, std::vector<std::string>> verbs;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    std::vector<std::string>& options = verbs[command->get_name()];
    for (const CLI::Option* option : command->get_options())
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  }
  return verbs;
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is an error of writing, with a message, like a full disk
  CLI::App app("mend: neural networks from scratch that restore damaged digits", "mend");
  app.require_subcommand(1);
  app.footer(
      "mend VERB --help explains a verb, with examples.\n"
      "exit codes: 0 all went well; 1 failure, one line on the error output says why; 2 wrong usage;\n"
      "130, 143 a training was stopped by SIGINT (Ctrl-C), SIGTERM, after saving what it takes to go on");

  mend::cli::RunOptions run;
  std::size_t threads = mend::threads();
  CLI::App* run_command = app.add_subcommand(
      "run", "Tasks 1 to 3 of the assignment: trains both networks, writes figures, tables and report.html");
  run_command->footer("example:\n  mend run --data strokes --quick --out try");
  CLI::App* experiment_command =
      app.add_subcommand("experiment",
                         "who restores best: baselines and networks, five trainings, frozen masks, "
                         "intervals; goes on where it stopped");
  experiment_command->footer("example:\n  mend experiment --data mnist --out outputs/experiment");
  CLI::App* claims_command = app.add_subcommand(
      "claims", "the experiment, further trainings, and a verdict on each of the assignment's 32 statements");
  claims_command->footer("example:\n  mend claims --data mnist --out outputs/experiment");
  for (CLI::App* command : {run_command, experiment_command, claims_command}) add_run(*command, run, threads);

  mend::cli::TrainCommand train;
  CLI::App* train_command =
      app.add_subcommand("train", "trains the restorer alone, and goes on after an interruption");
  add_train(*train_command, train, threads);
  mend::cli::RestoreCommand restore;
  CLI::App* restore_command = app.add_subcommand("restore", "restores digits in pictures of yours");
  add_restore(*restore_command, restore);
  mend::cli::EvaluateCommand evaluate;
  CLI::App* evaluate_command = app.add_subcommand(
      "evaluate", "the assignment's 22 rows for a trained network, beside three baselines");
  add_evaluate(*evaluate_command, evaluate, threads);
  std::filesystem::path info_file;
  bool info_json = false;
  CLI::App* info_command = app.add_subcommand(
      "info", "what a .safetensors, NPY, NPZ, PNG or IDX file holds, from its header alone");
  info_command->add_option("file", info_file, "which")->required();
  info_command->add_flag("--json", info_json, "for scripts");
  info_command->footer("examples:\n  mend info outputs/restorer.safetensors\n  mend info digit.png --json");

  mend::cli::CheckCommand check;
  CLI::App* check_command = app.add_subcommand(
      "check", "the gradients of every layer and loss, against the complex step and the central difference");
  check_command->add_option("name", check.names, "which layers and losses, such as Dense or huber; else all");
  add_seed(*check_command, check.seed, "draws inputs, parameters and upstream gradients");
  check_command->add_option("--seeds", check.seeds, "how many seeds; the worst errors are shown")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  check_command->footer("examples:\n  mend check\n  mend check dense huber --seeds 20");

  std::string shell;
  CLI::App* completion_command =
      app.add_subcommand("completion", "a script that completes verbs and options");
  completion_command->add_option("shell", shell, "bash")->required()->check(CLI::IsMember({"bash"}));
  completion_command->footer("example, for this shell or in ~/.bashrc:\n  eval \"$(mend completion bash)\"");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error);
  }
  try {
    mend::set_threads(threads);
    int status = 0;
    if (check_command->parsed()) status = mend::cli::check(check, std::cout) ? 0 : 1;
    if (run_command->parsed()) mend::cli::run(run);
    if (experiment_command->parsed()) mend::cli::run_experiment(run);
    if (claims_command->parsed()) mend::cli::run_claims(mend::cli::run_experiment(run), run);
    if (train_command->parsed()) status = mend::cli::train(train);
    if (restore_command->parsed()) mend::cli::restore(restore, std::cout, std::cerr);
    if (evaluate_command->parsed()) mend::cli::evaluate(evaluate, std::cout);
    if (info_command->parsed()) mend::cli::info(info_file, info_json, std::cout);
    if (completion_command->parsed()) std::cout << mend::cli::bash_completion(verbs_of(app));
    return std::max(status, flush_output());
  } catch (const std::bad_alloc&) {
    std::cerr << "mend: there is not enough memory for this\n";
    return 1;
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << "mend: cannot reach " << error.path1().string() << ": " << error.code().message() << "\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "mend: " << error.what() << "\n";
    return 1;
  }
}
