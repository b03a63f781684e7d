#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

// A program as a process of its own: what it prints, how long it takes, how much memory it needs.
namespace bench {

/// What is different in the child's environment: a value, or none to unset the variable.
using Environment = std::map<std::string, std::optional<std::string>>;

/// No settings of OpenBLAS from outside: it finds the processor's kernels itself.
Environment without_openblas_settings();

/// A process that has ended well.
struct Outcome {
  std::string output;   ///< What it wrote to standard output; standard error is the caller's.
  double seconds = 0;   ///< From its start to its end.
  double peak_mib = 0;  ///< The most memory that it held at a time.
};

/// Runs a program to its end. \param command  the program's path, then its arguments
/// \throws mend::Error when it cannot be started or ends with anything but 0; the text names the command
Outcome run(const std::vector<std::string>& command, const Environment& environment = {});

/// The path of the running program.
std::string own_program();
/// The folder of the running program: where the programs that were built with it are.
std::string own_folder();

}  // namespace bench
