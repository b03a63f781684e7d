#include "cli/completion.hpp"

#include <gtest/gtest.h>

using mend::cli::bash_completion;

// That bash makes the right words of it, tests/cli/verbs_test.sh sees.
TEST(Completion, KnowsEveryVerbAndItsOptions) {
  const std::string script = bash_completion({{"train", {"--data", "--out"}}, {"check", {"--seed"}}});
  EXPECT_NE(script.find("train) words='--data --out '"), std::string::npos) << script;
  EXPECT_NE(script.find("check) words='--seed '"), std::string::npos) << script;
  EXPECT_NE(script.find("words='check train '"), std::string::npos) << script;
}
