// inputs TARGET COUNT REGRESSIONS: a fuzz target without libFuzzer: its seeds, every file in the folder REGRESSIONS, and
// COUNT mutated seeds, the same in each run. Ends with 1 at the first that breaks a promise, kills the reader or holds it
// up for ten seconds, and keeps that input as failed-TARGET.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstring>
#include <iostream>

#include "fuzz/mutate.hpp"
#include "fuzz/target.hpp"
#include "mend/files/atomic_file.hpp"

namespace {

using namespace mend;

std::string file_name, what_happened_to;  // the latter is what the handler says, made beforehand
std::string input;                        // the current one

// Nothing but what a signal handler may call.
void keep_input() {
  const int file = ::open(file_name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const char* next = input.data();
  std::size_t left = file < 0 ? 0 : input.size();
  while (left > 0) {
    const ssize_t written = ::write(file, next, left);
    if (written <= 0) break;
    next += written;
    left -= static_cast<std::size_t>(written);
  }
}

void say(const char* text) {
  [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, text, std::strlen(text));
}

extern "C" void on_signal(int signal) {
  keep_input();
  say(signal == SIGALRM ? "took more than 10 s on " : "died of a signal on ");
  say(what_happened_to.c_str());
  ::_exit(1);
}

// Tries one input. Returns whether it was taken.
bool try_one(std::string bytes, const std::string& name) {
  input = std::move(bytes);
  what_happened_to = name + ", kept as " + file_name + "\n";
  ::alarm(10);
  try {
    const bool taken = fuzz::try_within_memory(input);
    ::alarm(0);
    return taken;
  } catch (const std::exception& error) {
    keep_input();
    std::cerr << error.what() << "\nfailed on " << what_happened_to;
    std::exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  if (argc == 4) std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), count);
  if (count == 0) {
    std::cerr << "usage: inputs TARGET COUNT REGRESSIONS, with COUNT above 0\n";
    return 2;
  }
  const std::string target = argv[1];
  file_name = "failed-" + target;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM}) std::signal(signal, on_signal);

  const std::vector<std::string> seeds = fuzz::seeds();
  for (std::size_t i = 0; i < seeds.size(); ++i)
    if (!try_one(seeds[i], "seed " + std::to_string(i))) {
      std::cerr << target << ": seed " << i << " is refused; expected seeds that are right\n";
      return 1;
    }
  std::vector<std::filesystem::path> kept;
  if (std::filesystem::exists(argv[3]))
    for (const auto& entry : std::filesystem::directory_iterator(argv[3])) kept.push_back(entry.path());
  std::sort(kept.begin(), kept.end());
  for (const auto& path : kept) try_one(read_file(path), path.string());

  Random random(1, target);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < count; ++i)
    taken += try_one(fuzz::mutated(seeds, random), "mutation " + std::to_string(i));
  std::cout << target << ": " << seeds.size() << " seeds, " << kept.size() << " regressions, " << count
            << " mutations, of which " << taken << " were taken and the others refused\n";
  if (taken == 0 || taken == count) {
    std::cerr << target << ": expected some inputs to be taken and some to be refused\n";
    return 1;
  }
  return 0;
}
