#pragma once

#include <nlohmann/json.hpp>
#include <ostream>

namespace mend::cli {

/// Writes JSON for people and programs: indented, keys in the order given, and valid whatever bytes a file name has.
inline void print_json(const nlohmann::ordered_json& json, std::ostream& out) {
  out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

}  // namespace mend::cli
