#include "mend/check/diagnosis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

using namespace mend;

// A report sends its reader to a section of a tutorial; that must be there.

TEST(Diagnosis, EveryCauseHasANameAndAReadingThatExists) {
  std::set<std::string> names;
  for (const Cause cause : all_causes()) {
    EXPECT_TRUE(names.insert(name_of(cause)).second) << name_of(cause) << " twice";
    const std::string reading = reading_for(cause);  // 03, "Shapes"
    ASSERT_GT(reading.size(), 6u) << name_of(cause);
    const std::string number = reading.substr(0, 2), section = reading.substr(5, reading.size() - 6);
    bool found = false;
    for (const auto& entry : std::filesystem::directory_iterator("tutorials")) {
      if (!entry.path().filename().string().starts_with(number + "_")) continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);)
        found |= line.substr(std::min(line.size(), line.find_first_not_of(' '))) == "// ## " + section;
    }
    EXPECT_TRUE(found) << "no tutorial " << number << " with a section " << section;
  }
  EXPECT_GT(names.size(), 40u);
}
