#include "cli/check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "mend/tensor/error.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

std::string output_of(const CheckCommand& command) {
  std::ostringstream out;
  EXPECT_TRUE(check(command, out));
  return out.str();
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST(CheckCommand, PrintsALinePerTensor) {
  const std::string text = output_of({.names = {"dense"}});
  EXPECT_TRUE(
      text.starts_with("layer or loss        tensor          shape       complex  central  float\n"
                       "Dense                x               (5, 4)      "))
      << text;
  EXPECT_NE(text.find("\nDense                weight          (4, 3)      "), std::string::npos) << text;
  EXPECT_NE(text.find("\nDense                bias            (3)         "), std::string::npos) << text;
  EXPECT_NE(text.find("3 tensors of 1 layers, losses and networks, 1 seed: all passed\n"), std::string::npos)
      << text;
  EXPECT_EQ(lines(text), 6u) << text;
}

TEST(CheckCommand, FitsInto80Columns) {
  std::istringstream text(
      output_of({.names = {"Dense", "Residual", "SkipConcat", "hole_bce_with_logits", "embedding network"}}));
  for (std::string line; std::getline(text, line);) EXPECT_LE(line.size(), 80u) << line;
}

TEST(CheckCommand, ShowsTheWorstOfSeveralSeeds) {
  const auto error = [](const std::string& text) {
    return std::stod(text.substr(text.find("worst error: ") + 13));
  };
  const std::string one = output_of({.names = {"Dense"}, .seed = 7}),
                    many = output_of({.names = {"Dense"}, .seed = 7, .seeds = 50});
  EXPECT_GE(error(many), error(one));
  EXPECT_NE(many.find("50 seeds: all passed"), std::string::npos) << many;
  EXPECT_NE(one, output_of({.names = {"Dense"}, .seed = 8})) << "another seed, other numbers";
  EXPECT_EQ(one, output_of({.names = {"Dense"}, .seed = 7})) << "the same seed, the same numbers";
}

TEST(CheckCommand, NamesWhatThereIsForANameThatIsNone) {
  std::ostringstream out;
  const std::string text = message_of<Error>([&] { check({.names = {"Dens"}}, out); });
  EXPECT_TRUE(
      text.starts_with("check: expected the name of a layer or a loss, found 'Dens'; there are: Dense, "))
      << text;
  EXPECT_NE(text.find("huber"), std::string::npos) << text;
}
