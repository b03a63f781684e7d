#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "mend/data/dataset.hpp"
#include "mend/tensor/shape.hpp"

namespace mend::cli {

/// What every tutorial program is given on its command line, and where its EXPECT lines go.
class Tutorial {
 public:
  bool quick = false;                     ///< --quick: small enough for a test, the same story.
  std::string data;                       ///< --data: see load_dataset.
  std::filesystem::path out = "outputs";  ///< --out: where figures go; made when it is not there.
  std::uint64_t seed = 1;                 ///< --seed: of all random streams.

  /// full, or with --quick the second.
  template <class Value>
  Value full_or_quick(Value full, Value in_quick) const {
    return quick ? in_quick : full;
  }

  /// The path of a figure or file in the output folder.
  std::filesystem::path file(const std::string& name) const { return out / name; }

  /// Prints "EXPECT name value in [low, high] OK", and makes the program fail when the value lies outside.
  void expect(const std::string& name, double value, double low, double high);

  /// Prints "SHAPE name (N, K) = (64, 784)", for the table of shapes on the tutorial's page, and makes the program fail
  /// when the rank is another, or a letter stands for another number than it did in an earlier line.
  /// \param name  as the table has it  \param letters  the axes: "(N, 784)", "(N, H W)"  \param found  the shape
  void show_shape(const std::string& name, const std::string& letters, const Shape& found);

  /// Prints "SHAPE name = 22", for a line of the table that is a number.
  void show_number(const std::string& name, std::size_t number);

  bool failed = false;  ///< Whether an expectation was missed, or a shape is not what it was said to be.

 private:
  std::map<std::string, std::size_t> extents_;  // what each letter stands for
};

/// Runs a tutorial as a program: reads the options, makes the output folder, catches errors.
/// \param argc  of main  \param argv  of main  \param title  shown by --help
/// \param body  the tutorial itself
/// \return the exit status: 0, 1 when something failed or an expectation was missed, 2 for wrong usage
int run_tutorial(int argc, char** argv, const std::string& title, const std::function<void(Tutorial&)>& body);

}  // namespace mend::cli
