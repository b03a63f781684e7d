#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "mutants/catalogue.hpp"

// How a mutant is built: with the very commands of the build that there is, but for the files that differ.
namespace mutants {

/// What a command printed, and how it ended: 128 + the signal where one ended it, 124 after a timeout.
struct Run {
  int status = 0;
  std::string output;
};

/// Runs a command in the shell. \param folder  where  \throws Error when it cannot be started
Run run(const std::filesystem::path& folder, const std::string& command);

/// What is in a file. \throws Error when it cannot be read
std::string read_file(const std::filesystem::path& file);
/// Writes a file, and the folders that it needs. \throws Error when it cannot be written
void write_file(const std::filesystem::path& file, const std::string& text);

/// The tree that everything is compared with: its sources, and the folder that it was built in by Ninja.
class Build {
 public:
  Build(std::filesystem::path source, std::filesystem::path folder);

  /// To be called before make, with all the mutants: asks Ninja how their test programs are linked, and compiles the
  /// standard headers once for all. \throws Error for a test program that there is not
  void prepare(const std::vector<Mutant>& mutants);
  /// Builds the mutant's test program with `text` in place of its source. \param work  a folder for what arises
  /// \return the program \throws Error with what the compiler said when that fails
  std::filesystem::path make(const Mutant& mutant, const std::string& text,
                             const std::filesystem::path& work) const;

  const std::filesystem::path& source() const { return source_; }  ///< The root of the sources.
  const std::filesystem::path& folder() const { return folder_; }  ///< Of the build.
  int seconds = 20;                                                ///< How long a test may take.

 private:
  std::string compiler_of(const std::string& file) const;

  std::filesystem::path source_, folder_, headers_;
  std::map<std::string, std::string> compile_, link_;  // by absolute file, and by target
};

}  // namespace mutants
