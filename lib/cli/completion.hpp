#pragma once

#include <map>
#include <string>
#include <vector>

namespace mend::cli {

/// A script that teaches bash to complete the verbs of `mend`, and after one its options; after those, files.
/// \param verbs  every verb with its options, "--data"
std::string bash_completion(const std::map<std::string, std::vector<std::string>>& verbs);

}  // namespace mend::cli
