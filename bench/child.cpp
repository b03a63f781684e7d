#include "child.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "mend/tensor/error.hpp"

namespace bench {
namespace {

std::string in_words(const std::vector<std::string>& command) {
  std::string words;
  for (const std::string& word : command) words += (words.empty() ? "" : " ") + word;
  return words;
}

[[noreturn]] void become(const std::vector<std::string>& command, const Environment& environment,
                         int output) {
  for (const auto& [name, value] : environment)
    if (value)
      setenv(name.c_str(), value->c_str(), 1);
    else
      unsetenv(name.c_str());
  dup2(output, STDOUT_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(127);  // as a shell says that there is no such program
}

std::string read_all(int file) {
  std::string text;
  char buffer[4096];
  for (ssize_t count; (count = read(file, buffer, sizeof buffer)) != 0;) {
    if (count > 0)
      text.append(buffer, static_cast<std::size_t>(count));
    else if (errno != EINTR)
      break;
  }
  return text;
}

}  // namespace

Environment without_openblas_settings() {
  return {{"OPENBLAS_CORETYPE", {}},
          {"OPENBLAS_L2_SIZE", {}},
          {"OPENBLAS_NUM_THREADS", {}},
          {"OMP_NUM_THREADS", {}}};
}

Outcome run(const std::vector<std::string>& command, const Environment& environment) {
  const std::string words = in_words(command);
  int ends[2];
  if (pipe(ends) != 0) throw mend::Error("run: no pipe for '" + words + "': " + std::strerror(errno));
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw mend::Error("run: cannot start '" + words + "': " + std::strerror(errno));
  if (child == 0) {
    close(ends[0]);
    become(command, environment, ends[1]);
  }
  close(ends[1]);
  Outcome outcome;
  outcome.output = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  if (WIFSIGNALED(status))
    throw mend::Error("run: '" + words + "' was ended by signal " + std::to_string(WTERMSIG(status)) +
                      "; run it by itself to see why");
  if (WEXITSTATUS(status) == 127)
    throw mend::Error("run: there is no program '" + command[0] + "'; build it first");
  if (WEXITSTATUS(status) != 0)
    throw mend::Error("run: '" + words + "' ended with " + std::to_string(WEXITSTATUS(status)) +
                      " and not with 0; what it complained about stands above");
  return outcome;
}

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

std::string own_folder() { return std::filesystem::path(own_program()).parent_path().string(); }

}  // namespace bench
