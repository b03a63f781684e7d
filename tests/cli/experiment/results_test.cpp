#include "cli/experiment/results.hpp"

#include <cmath>
#include <filesystem>
#include <map>
#include <regex>

#include "cli/text.hpp"
#include "mend/files/atomic_file.hpp"
#include "message_of.hpp"

using namespace mend;
using namespace mend::cli;

namespace {

// What the last full experiment found; tests run in the project's root folder.
const CsvTable& published() {
  static const CsvTable table = load_csv("docs/results/experiment.csv");
  return table;
}

double published_number(const std::string& key) {
  for (std::size_t i = 0; i < published().rows(); ++i)
    if (published().cell(i, "row") + "/" + published().cell(i, "model") + "/" +
            published().cell(i, "measure") ==
        key)
      return published().number(i, "estimate");
  ADD_FAILURE() << "docs/results/experiment.csv has no line for " << key;
  return std::nan("");
}

// What is wrong with the numbers that a text takes from the results: `@result{0.0186 = v11/Gaussian fill/composite}`.
// A number with % is a share in percent. It has to be the published one, rounded to the digits that it shows.
std::vector<std::string> wrong_numbers(const std::string& text, std::size_t* found = nullptr) {
  static const std::regex pattern(R"(@result\{([0-9.]+)( %)? = ([^}]*)\})");
  std::vector<std::string> wrong;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    const std::string shown = (*at)[1], key = (*at)[3];
    const std::size_t point = shown.find('.');
    const int digits = point == std::string::npos ? 0 : static_cast<int>(shown.size() - point - 1);
    const std::string right = fixed(((*at)[2].matched ? 100 : 1) * published_number(key), digits);
    if (shown != right) wrong.push_back(key + " is " + right + ", not " + shown);
    if (found) ++*found;
  }
  return wrong;
}

}  // namespace

TEST(Results, ThePageOfTheSiteIsMadeFromTheTable) {
  EXPECT_EQ(read_file("docs/experiment.md"), results_markdown(published()))
      << "docs/experiment.md and docs/results/experiment.csv differ: ./do experiment writes both";
}

TEST(Results, ProseTakesItsNumbersFromTheTable) {
  std::size_t found = 0, marks = 0;
  for (const char* folder : {"tutorials", "docs"})
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".cpp" && ending != ".md" && ending != ".in" && ending != ".dox") continue;
      const std::string text = read_file(entry.path());
      for (const std::string& line : wrong_numbers(text, &found))
        ADD_FAILURE() << entry.path() << ": " << line;
      for (std::size_t at = 0; (at = text.find("@result{", at)) != std::string::npos; ++at) ++marks;
    }
  EXPECT_EQ(found, marks) << "an @result that is not written as @result{NUMBER = ROW/MODEL/MEASURE}";
  EXPECT_GE(found, 5u) << "the tutorials quote results";
}

TEST(Results, ANumberThatDiffersIsFound) {
  const std::string key = "v11/Gaussian fill/composite", right = fixed(published_number(key), 4);
  EXPECT_TRUE(wrong_numbers("it is @result{" + right + " = " + key + "}.").empty());
  EXPECT_EQ(wrong_numbers("it is @result{0.5000 = " + key + "}."),
            (std::vector<std::string>{key + " is " + right + ", not 0.5000"}));
}

TEST(Results, HaveEveryRowContestantAndMeasure) {
  std::map<std::string, int> lines;
  for (std::size_t i = 0; i < published().rows(); ++i)
    if (published().cell(i, "measure") == "composite") ++lines[published().cell(i, "model")];
  EXPECT_EQ(lines.size(), 11u);
  for (const auto& [model, rows] : lines) EXPECT_EQ(rows, 22) << model;
}

TEST(Results, SayWhichLineIsMissing) {
  const CsvTable table("row,model,measure,estimate,low,high\n");
  const std::string message = message_of<Error>([&] { results_markdown(table); });
  EXPECT_TRUE(message.starts_with("results: there is no line 'all rows', ")) << message;
}
