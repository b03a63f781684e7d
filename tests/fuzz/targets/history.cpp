// A history: what was read, written and read again, is the same text.
#include "mend/training/history.hpp"

#include <limits>

#include "fuzz/target.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  return {history_to_csv({}),
          history_to_csv({{1, 0.5, none, 0.001}, {2, 0.25, 0.75, 5e-324}, {3, -0.0, 1e308, none}})};
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return history_from_csv(bytes); });
  if (!read) return false;
  for (std::size_t i = 0; i < read->size(); ++i) require((*read)[i].epoch == i + 1, "epochs count from 1");
  const std::string text = history_to_csv(*read);
  require(history_to_csv(history_from_csv(text)) == text, "written and read again it is the same");
  return true;
}

}  // namespace mend::fuzz
