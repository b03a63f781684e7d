#pragma once

#include <stdexcept>
#include <string>
#include <vector>

// A catalogue of mutants: bugs to plant in one source file, each with the test that must find it. How one is
// written, tests/mutants/README.md says.
namespace mutants {

/// Something is wrong with a catalogue or with the build: not with the library.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Consecutive lines of the source, and what stands there instead.
struct Change {
  std::vector<std::string> before, after;
};

/// One planted bug.
struct Mutant {
  std::string subject;                ///< What is mutated, "layers/dense".
  std::string name;                   ///< "bias_mean", once in its catalogue.
  std::string summary;                ///< What it does, in words.
  std::string source;                 ///< The file that is changed, "lib/mend/layers/dense.cpp".
  std::vector<std::string> compiled;  ///< The files that are compiled anew; the source where nothing is said.
  std::string test;                   ///< The CMake target of the test program.
  std::string killed_by;              ///< The test in it that must fail, "Dense.GradientIsExact".
  std::vector<std::string> diagnoses;  ///< What the doctor may call it; empty when that test says nothing.
  std::vector<Change> changes;         ///< At least one.
  std::string place;                   ///< Where it is written, "tests/mutants/layers/dense.mutants:5".
};

/// The mutants of a catalogue. \param subject  "layers/dense"  \param file  its name in messages
/// \param text  what is in it \throws Error "file:line: what is wrong"
std::vector<Mutant> parse_catalogue(const std::string& subject, const std::string& file,
                                    const std::string& text);

/// The source with the mutant's changes. Lines are compared without white space at their ends and without a
/// trailing comment. \throws Error when the lines of a change do not stand there exactly once
std::string mutate(const Mutant& mutant, const std::string& source);

}  // namespace mutants
