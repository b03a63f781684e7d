#include "cli/train.hpp"

#include <iostream>

#include "cli/digits.hpp"
#include "cli/experiment/assignment_training.hpp"
#include "cli/interrupt.hpp"
#include "cli/lost_units.hpp"
#include "cli/output_folder.hpp"
#include "cli/text.hpp"
#include "mend/files/printable.hpp"
#include "mend/layers/summary.hpp"

namespace mend::cli {
namespace {

using About = std::map<std::string, std::string>;

About about(const TrainCommand& command, const Digits& digits) {
  About all = preprocessing(digits);
  all["recipe"] = AssignmentRecipe{}.name;
  all["seed"] = std::to_string(command.seed);
  return all;
}

// As a word for the shell, whatever is in it.
std::string quoted(const std::string& word) {
  constexpr const char* plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string inside;
  for (const char c : word) inside += c == '\'' ? "'\\''" : std::string(1, c);
  return "'" + inside + "'";
}

// The command that goes on with this training.
std::string resuming(const TrainCommand& command) {
  return "mend train --resume" + (command.data.empty() ? "" : " --data " + quoted(command.data)) +
         (command.quick ? " --quick" : "") + " --epochs " + std::to_string(command.epochs) + " --seed " +
         std::to_string(command.seed) + " --out " + quoted(command.out.string());
}

// The state that the checkpoint holds, when it is one of this training.
void resume(AssignmentTraining& training, const std::filesystem::path& path, const About& expected) {
  TrainingState state = training.state({});
  load_checkpoint(path, state);
  for (const auto& [key, value] : expected) {
    const auto found = state.preprocessing.find(key);
    const bool known = found != state.preprocessing.end();
    const std::string other =
        known ? std::string("'").append(printable(found->second)).append("'") : "nothing";
    if (!known || found->second != value)
      throw Error("cannot resume " + path.string() + ": it says " + other + " of its " + key +
                  ", expected '" + value +
                  "'; give the options that it was begun with, or another file with --out");
  }
  training.history = std::move(state.history);
}

void save(AssignmentTraining& training, const TrainCommand& command, const About& about) {
  try {
    save_checkpoint(command.out, training.state(about));
  } catch (const Error& error) {
    throw Error(std::string(error.what()) + "; " +
                (std::filesystem::is_regular_file(command.out)
                     ? "the checkpoint of the epoch before is whole: make room, then " + resuming(command)
                     : "make room, or name another file with --out"));
  }
}

}  // namespace

int train(const TrainCommand& command) {
  const InterruptGuard interrupt;
  if (!command.out.has_filename() || std::filesystem::is_directory(command.out))
    throw Error("expected the name of a file after --out, found '" + command.out.string() + "'");
  const bool there = std::filesystem::exists(command.out);
  if (there && !command.resume)
    throw Error(command.out.string() +
                " is there already: go on with it by --resume, remove it, or name another file with --out");
  make_output_folder(command.out.has_parent_path() ? command.out.parent_path() : ".");
  const RunOptions run{.data = command.data, .seed = command.seed, .quick = command.quick};
  const Digits digits = load_digits(run);
  const About facts = about(command, digits);

  const AssignmentRecipe recipe;
  AssignmentTraining training(recipe.hidden, command.seed);
  if (there)
    resume(training, command.out, facts);
  else
    save(training, command, facts);  // now, not after the first epoch, it turns out whether it can be
  const std::size_t before = training.history.size();
  std::cout << caption(digits, run) << "\n"
            << with_commas(count_parameters(training.net)) << " parameters, " << before << " of "
            << command.epochs << " epochs are done\n"
            << std::flush;

  FitOptions options;
  options.epochs = command.epochs;
  options.make_batch = batches_with_new_masks(recipe, training.masks);
  options.quiet = command.quiet;
  options.stop = [&] { return interrupt.caught() != 0; };
  options.after_epoch = [&](const EpochRecord& record) {
    training.history.push_back(record);
    save(training, command, facts);
  };
  const Stopwatch watch;
  const History history =
      fit(training.net, training.adam, digits.train, training.shuffle, options, training.history);
  if (history.size() < command.epochs) {
    std::cerr << "mend: stopped by " << (interrupt.caught() == SIGINT ? "SIGINT" : "SIGTERM") << " after "
              << history.size() << " of " << command.epochs << " epochs; to go on: " << resuming(command)
              << "\n";
    return 128 + interrupt.caught();
  }
  if (history.size() > before)
    std::cout << "trained in " << fixed(watch.seconds(), 1) << " s";
  else
    std::cout << "nothing to do: " << history.size() << " epochs are there";
  if (!history.empty()) std::cout << "; training MSE " << fixed(history.back().loss, 4);
  std::cout << "; the network is in " << command.out.string() << "\n"
            << lost_units(training.net, digits.test);
  return 0;
}

}  // namespace mend::cli
