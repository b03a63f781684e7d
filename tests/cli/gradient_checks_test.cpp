#include "cli/gradient_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace mend;
using namespace mend::cli;

namespace {

// The first group of each match in the public headers of a module.
std::set<std::string> names_in_headers(const std::string& module, const std::string& pattern) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator("lib/mend/" + module)) {
    if (entry.path().extension() != ".hpp") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find("// Internal to ") != std::string::npos) continue;
    const std::regex declaration(pattern);
    for (std::sregex_iterator i(text.begin(), text.end(), declaration), end; i != end; ++i)
      names.insert((*i)[1].str());
  }
  return names;
}

std::set<std::string> checked() {
  std::set<std::string> names;
  for (const GradientCheck& c : gradient_checks()) names.insert(c.name);
  return names;
}

}  // namespace

// A layer or a loss that is added to the library, but not here, would go unchecked.

TEST(GradientChecks, LeaveNoLayerAndNoLossOut) {
  const std::set<std::string> layers = names_in_headers("layers", R"(class (\w+) : public Layer<T>)");
  const std::set<std::string> losses = names_in_headers("losses", R"(\nLoss<T> (\w+)\()");
  EXPECT_GE(layers.size(), 10u);
  EXPECT_GE(losses.size(), 8u);
  const std::set<std::string> names = checked();
  for (const std::string& name : layers) EXPECT_TRUE(names.contains(name)) << name << " is not checked";
  for (const std::string& name : losses) EXPECT_TRUE(names.contains(name)) << name << " is not checked";
}

TEST(GradientChecks, HoldLayersToTheLawsToo) {
  const std::set<std::string> layers = names_in_headers("layers", R"(class (\w+) : public Layer<T>)");
  for (const GradientCheck& c : gradient_checks())
    EXPECT_EQ(c.laws != nullptr, layers.contains(c.name)) << c.name;
}

// A hundred draws of inputs, parameters and upstream gradients, and not one false alarm.

TEST(GradientChecks, AcceptTheLibraryForAHundredSeeds) {
  for (const GradientCheck& c : gradient_checks()) {
    if (c.large) continue;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      const CheckReport report = c.gradients({.seed = seed});
      EXPECT_TRUE(report.passed()) << c.name << ", seed " << seed << "\n" << report;
      for (const TensorCheck& t : report.tensors) {
        EXPECT_EQ(t.coordinates, t.shape.size()) << "every entry is compared";
        EXPECT_LE(t.kinks, t.shape.size() / 20);
      }
    }
  }
}

// The networks of the assignment at full size, 400,784 parameters: by sample and along directions.

TEST(GradientChecks, AcceptTheWholeNetworks) {
  for (const GradientCheck& c : gradient_checks()) {
    if (!c.large) continue;
    const CheckReport report = c.gradients({.sample = 16, .directions = 2});
    EXPECT_TRUE(report.passed()) << c.name << "\n" << report;
  }
}
