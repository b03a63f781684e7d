#include "mend/figures/gnuplot.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "mend/files/csv.hpp"
#include "mend/tensor/error.hpp"

extern char** environ;

namespace mend {

std::string gnuplot_number(double number) { return Csv::Cell(number).text(); }

std::string gnuplot_text(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\n')
      result += "'.\"\\n\".'";
    else if (c == '\'')
      result += "''";
    else
      result += static_cast<unsigned char>(c) < ' ' || c == 127 ? ' ' : c;
  }
  return result + '\'';
}

void run_gnuplot(const std::filesystem::path& folder, const std::string& first, const std::string& script) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw Error("gnuplot cannot be started: " + std::generic_category().message(errno));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  const char* arguments[] = {"gnuplot", "-d", "-e", first.c_str(), script.c_str(), nullptr};
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, "gnuplot", &actions, nullptr, const_cast<char**>(arguments), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t count = 1; error == 0 && count != 0;) {
    count = ::read(ends[0], buffer, sizeof buffer);
    if (count < 0 && errno != EINTR) break;
    if (count > 0) said.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  if (error == ENOENT)
    throw Error("gnuplot is not installed: apt-get install gnuplot-nox, then run gnuplot on " +
                (folder / script).string() + ", which lies there with its data");
  if (error != 0) throw Error("gnuplot cannot be started: " + std::generic_category().message(error));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status == 0) return;
  std::replace_if(
      said.begin(), said.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  throw Error("gnuplot failed on " + (folder / script).string() + ":" +
              (said.empty() ? " no reason given" : " " + said.substr(0, 500)));
}

}  // namespace mend
